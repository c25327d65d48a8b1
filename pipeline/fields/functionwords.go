package fields

import "github.com/soundings-survey/soundings/pipeline/words"

// functionWords are the articles, pronouns, prepositions, conjunctions, particles
// and auxiliaries of a language, from its grammar. They say nothing of
// what a text is about, though many look like other words: the French "des" is
// no dice. They are looked up within phrases alone.
var functionWords = map[string]map[string]bool{
	"en": set("a an the this that these those i me my mine myself you your yours yourself he him his himself she her hers herself it its itself " +
		"we us our ours ourselves they them their theirs themselves who whom whose which what where when why how " +
		"and or but nor so yet for if then else than as because since though although while whereas unless until whether " +
		"of in on at by to from with without within into onto upon over under above below between among through during before after against " +
		"about across along around behind beside besides beyond down up off out near per via toward towards despite except inside outside like " +
		"is am are was were be been being do does did done doing have has had having will would shall should can could may might must ought " +
		"not no none neither either both all any some each every other others another such same own more most less least much many few " +
		"very too also just only even still again already always never ever often once here there now soon then thus hence therefore however " +
		"else rather quite almost perhaps maybe instead yes well one ones"),
	"fr": set("le la les l un une des du de d au aux ce cet cette ces celui celle ceux celles ceci cela ca c je j me m moi tu te t toi il elle on se s soi " +
		"nous vous ils elles lui leur leurs eux y en mon ma mes ton ta tes son sa ses notre nos votre vos qui que qu quoi dont ou lequel laquelle " +
		"lesquels lesquelles duquel auquel quel quelle quels quelles et ni mais or donc car si comme quand lorsque lorsqu puisque puisqu parce " +
		"jusque jusqu afin a dans par pour sur sous avec sans chez vers entre contre depuis pendant avant apres devant derriere durant malgre " +
		"selon outre hors parmi pres loin est es suis sont sommes etes etait etaient ete etre sera seront serait fut furent soit soient " +
		"ai as avons avez ont avait avaient eu avoir aura auront aurait eut fait faire font faut peut peuvent pouvait pourrait doit doivent va vont " +
		"ne n pas plus moins tres trop peu beaucoup aussi tout toute tous toutes aucun aucune autre autres meme memes chaque plusieurs certains " +
		"certaines quelque quelques quelqu rien personne jamais toujours souvent encore deja bien mal ainsi alors puis ensuite enfin ici la cependant " +
		"pourtant toutefois assez presque surtout seulement ceci tel telle tels telles oui non voici voila cote lors des"),
	"es": set("el la los las lo un una unos unas al del de a ante bajo con contra desde durante en entre hacia hasta mediante para por segun sin so " +
		"sobre tras este esta esto estos estas ese esa eso esos esas aquel aquella aquello aquellos aquellas yo me mi mis mio mia tu te ti tus tuyo " +
		"usted ustedes el ella ello ellos ellas se si su sus suyo suya nosotros nosotras nos nuestro nuestra nuestros nuestras vosotros vuestro le les " +
		"que quien quienes cual cuales cuyo cuya cuyos cuyas donde adonde cuando como cuanto cuanta cuantos y e ni o u pero mas sino aunque porque " +
		"pues si luego asi mientras es soy eres somos son era eran fue fueron ser sido siendo sea sean seria sera seran esta estan estaba estaban " +
		"estar estado estuvo he has ha hemos han habia habian haber hay hubo habra habria hace hacer hacen hizo puede pueden podia podria podrian " +
		"poder debe deben va van no ni nunca jamas siempre tambien tampoco muy mucho mucha muchos muchas poco poca pocos pocas mas menos tan tanto " +
		"tanta tantos todo toda todos todas algo alguien alguno alguna algunos algunas algun nada nadie ninguno ninguna ningun otro otra otros otras " +
		"mismo misma mismos mismas cada cualquier cualquiera tal tales gran ya aun todavia aqui ahi alli alla entonces ademas casi solo bien mal sino uno"),
	"ru": set("и а но да или либо что чтобы как если то так же бы ли не ни нет уже еще все весь вся всего всех всем всеми я меня мне мной мы нас нам нами " +
		"ты тебя тебе вы вас вам вами он его ему им нем она ее еи неи ею оно они их ими них ним себя себе собои свои своя свое свою своих своим своего " +
		"своеи своими мои моя мое наш наша наше наши ваш ваша этот эта это эти этого этои этому этих этим этими тот та те того тои тому тем тех теми " +
		"такои такая такое такие таких таким кто кого кому кем чем чего чему которыи которая которое которые которого которои которому которым которых " +
		"которыми какои какая какое какие каких чеи сам сама само сами самыи самая самое самые каждыи каждая другои другая другое другие других " +
		"в во на с со к ко у о об обо от ото до из изо за под подо над по при про для без через между перед около среди ради после против вокруг кроме " +
		"вместо сквозь несмотря благодаря был была было были быть будет будут буду есть является являются стал стала стали мог могла могло могли может " +
		"могут можно нужно надо должен должна должно должны нельзя очень более менее больше меньше много мало несколько только даже лишь тоже также " +
		"здесь там тут туда сюда где куда откуда когда тогда теперь сеичас потом поэтому потому затем однако хотя пока почти всегда никогда иногда " +
		"часто снова опять почему зачем сколько столько вот вон ведь разве именно просто кто-то другому один одна одно одни"),
	"ar": set("في من الى على عن مع بين عند لدى حتى منذ خلال حول دون بدون ضد نحو قبل بعد فوق تحت امام خلف وراء داخل خارج عبر سوى غير " +
		"و او ام ثم بل لكن لان اذ اذا لو لولا كي لكي حيث بينما عندما كما مثل كان كانت كانوا يكون تكون كون ليس ليست ليسوا لا لم لن ما ان انه انها " +
		"انهم انا نحن انت انتم هو هي هم هن هما هذا هذه هذان هؤلاء ذلك تلك اولئك الذي التي الذين اللذان اللواتي اللاتي من ماذا متى اين كيف لماذا هل اي " +
		"ايضا قد لقد سوف كل كلا بعض جميع كثير كثيرا قليل اكثر اقل اخر اخرى اخرون نفس ذات احد احدى واحد واحده فقط جدا هنا هناك الان ثمه اما انما الا لدي " +
		"له لها لهم لنا لك لي به بها بهم بنا بي فيه فيها فيهم منه منها منهم عليه عليها عليهم اليه اليها اليهم عنه عنها عنهم معه معها معهم لديه لديها " +
		"لديهم بينهم بينها يمكن تم يتم ومن وفي وعلى والى وهو وهي وهم وهذا وهذه وذلك وقد ولم ولا ولن وما وان وكان وكانت وكما ولكن لذلك لذا بذلك كذلك " +
		"لهذا بهذا مما عما فيما ممن حين حينما كلما بما بان فان وانه بانه لانه كانه"),
	"zh": set("的 了 着 过 地 得 和 与 及 或 而 但 是 在 有 不 没 也 都 就 还 又 很 更 最 太 这 那 哪 谁 什 么 我 你 您 他 她 它 们 自 己 其 之 于 以 为 被 把 让 给 从 到 向 对 " +
		"由 因 所 如 若 则 即 且 并 等 吗 呢 吧 啊 个 些 每 各 某 另 只 才 再 已 曾 将 会 能 可 要 应 该 须"),
}

func set(list string) map[string]bool {
	all := map[string]bool{}
	for _, w := range words.Of(list) {
		all[string(w)] = true
	}
	return all
}
