package bind

import "strings"

// toolColumn says what a column means that a collecting tool adds and no form
// names.
func toolColumn(name string) (Role, bool) {
	switch name {
	case "_uuid":
		return UUID, true
	case "_id":
		return ID, true
	case "_index":
		return Index, true
	case "_parent_index", "PARENT_KEY":
		return ParentIndex, true
	case "_parent_table_name":
		return ParentTable, true
	case "_submission__uuid":
		return RootUUID, true
	case "_validation_status":
		return Validation, true
	case "ReviewState":
		return Review, true
	case "submitdate":
		return Submitted, true
	}
	if setAside[name] || strings.HasPrefix(name, "_submission__") || strings.HasPrefix(name, "SET-OF-") {
		return SetAside, true
	}
	return Unknown, false
}

// identifiers are columns that serve as identifier of a response where there is
// no _uuid, in order of preference.
var identifiers = []struct {
	name string
	role Role
}{{"KEY", UUID}, {"meta/instanceID", UUID}, {"meta-instanceID", UUID}, {"meta.instanceID", UUID}, {"instanceID", UUID}, {"id", ID}}

// setAside are columns of tools whose content is not read: times and states of
// submission, and what points to a device, a person or a place.
var setAside = map[string]bool{
	"_submission_time": true, "_notes": true, "_status": true, "_submitted_by": true, "__version__": true, "_version_": true, "_version__": true,
	"_tags": true, "_xform_id_string": true, "_attachments": true, "_geolocation": true, "_bamboo_dataset_id": true, "_duration": true, "_media_count": true,
	"_total_media": true, "_media_all_received": true, "_date_modified": true, "_edited": true, "_last_edited": true, "meta/instanceID": true, "meta/instanceName": true, "meta/rootUuid": true, "meta/deprecatedID": true,
	"meta-instanceID": true, "meta-instanceName": true, "meta.instanceID": true, "meta.instanceName": true, "instanceID": true, "instanceName": true, "formhub/uuid": true,
	"KEY": true, "SubmissionDate": true, "SubmitterID": true, "SubmitterName": true, "AttachmentsPresent": true, "AttachmentsExpected": true,
	"Status": true, "DeviceID": true, "Edits": true, "FormVersion": true,
	"lastpage": true, "startlanguage": true, "seed": true, "token": true, "startdate": true, "datestamp": true, "ipaddr": true, "refurl": true,
	"start": true, "end": true, "today": true, "deviceid": true, "username": true, "phonenumber": true, "email": true, "simserial": true, "subscriberid": true,
	"imei": true, "audit": true, "ip": true, "ip_address": true, "IP Address": true, "IPAddress": true, "user_agent": true, "UserLanguage": true,
	"LocationLatitude": true, "LocationLongitude": true, "RecipientEmail": true, "RecipientFirstName": true, "RecipientLastName": true, "Email Address": true,
}

// placeSuffixes are the ends of columns that split a place into its parts, and
// of those that point to a file.
var placeSuffixes = []string{"_latitude", "_longitude", "_altitude", "_precision", "-Latitude", "-Longitude", "-Altitude", "-Accuracy", "_URL"}
