package analysis

// finnishForms are inflected forms of frequent words, with the base form that
// a reader would give. They settle ambiguities that a dictionary leaves open
// ('kuin' is not the plural of 'kuu') and cover what no rule can know.
var finnishForms = wordTable(`
olla olla; on olla; ovat olla; oli olla; olivat olla; olen olla; olet olla; olemme olla; olette olla; ole olla; olin olla; olit olla; olimme olla;
olisi olla; olisin olla; olisit olla; olisivat olla; olisimme olla; ollut olla; olleet olla; ollaan olla; oltiin olla; oltu olla; olkoon olla;
oleva olla; olevan olla; olevaa olla; olevat olla; olevia olla; olevien olla; lienee olla; lie olla; ollessa olla; onko olla; oliko olla; olisiko olla;
ei ei; en ei; et ei; emme ei; ette ei; eivät ei; eikä ei; enkä ei; eikö ei; eihän ei; älä ei; älkää ei; älköön ei; eiväthän ei; eivätkä ei;
ja ja; tai tai; vai vai; sekä sekä; eli eli; mutta mutta; vaan vaan; kun kun; kuin kuin; koska koska; jos jos; että että; jotta jotta; joten joten;
vaikka vaikka; kuten kuten; niin niin; näin näin nähdä; noin noin; siis siis; myös myös; vain vain; jo jo; vielä vielä; nyt nyt; sitten sitten; aina aina;
kyllä kyllä; ehkä ehkä; myöskin myös; lisäksi lisäksi; kuitenkin kuitenkin; ainakin ainakin; silti silti; sillä sillä se; siksi siksi; siten siten;
minä minä; minun minä; minua minä; minulla minä; minulle minä; minulta minä; minussa minä; minusta minä; minuun minä; minut minä; minuna minä;
sinä sinä; sinun sinä; sinua sinä; sinulla sinä; sinulle sinä; sinulta sinä; sinussa sinä; sinusta sinä; sinuun sinä; sinut sinä;
hän hän; hänen hän; häntä hän; hänellä hän; hänelle hän; häneltä hän; hänessä hän; hänestä hän; häneen hän; hänet hän;
me me; meidän me; meitä me; meillä me; meille me; meiltä me; meissä me; meistä me; meihin me; meidät me;
te te; teidän te; teitä te; teillä te; teille te; teiltä te; teissä te; teistä te; teihin te; teidät te;
he he; heidän he; heitä he; heillä he; heille he; heiltä he; heissä he; heistä he; heihin he; heidät he;
se se; sen se; sitä se; siinä se; siitä se; siihen se; sille se; siltä se; sinne sinne; siellä siellä; sieltä sieltä;
ne ne; niiden ne; niitä ne; niissä ne; niistä ne; niihin ne; niillä ne; niille ne; niiltä ne;
tämä tämä; tämän tämä; tätä tämä; tässä tämä; tästä tämä; tähän tämä; tällä tämä; tälle tämä; tältä tämä; täksi tämä; tänä tämä;
nämä nämä; näiden nämä; näitä nämä; näissä nämä; näistä nämä; näihin nämä; näillä nämä; näille nämä;
tuo tuo tuoda; tuon tuo tuoda; tuota tuo; tuossa tuo; tuosta tuo; tuohon tuo; tuolla tuo; tuolle tuo; nuo nuo; noiden nuo; noita nuo; noissa nuo; noista nuo;
joka joka; jonka joka; jota joka; jossa joka; josta joka; johon joka; jolla joka; jolle joka; jolta joka; jotka joka; joiden joka; joita joka; joissa joka; joista joka; joihin joka; joilla joka; joille joka; joksi joka; jona joka;
mikä mikä; minkä mikä; mitä mikä; missä mikä; mistä mikä; mihin mikä; millä mikä; mille mikä; miltä mikä; mitkä mikä; miksi miksi; miten miten; milloin milloin;
kuka kuka; kenen kuka; ketä kuka; kenellä kuka; kenelle kuka; keneltä kuka; kenestä kuka; ketkä kuka; keiden kuka; kukaan kukaan; ketään kukaan; kenenkään kukaan; mikään mikään; mitään mikään; missään mikään; mihinkään mikään;
joku joku; jonkun joku; jotakuta joku; jollekin joku jokin; jokin jokin; jonkin jokin; jotain jokin; jotakin jokin; jossain jokin; jossakin jokin; jostain jokin; johonkin jokin; jotkut joku; joidenkin joku jokin; joitakin jokin; jotkin jokin;
itse itse; itsensä itse; itseään itse; itseni itse; itsekin itse; kaikki kaikki; kaikkien kaikki; kaikkea kaikki; kaikkia kaikki; kaikille kaikki; kaikilla kaikki; kaikissa kaikki; kaikista kaikki; kaiken kaikki; kaikkiin kaikki; kaikesta kaikki;
kanssa kanssa; ilman ilman; varten varten; mukaan mukaan; vuoksi vuoksi; takia takia; aikana aikana aika; jälkeen jälkeen; ennen ennen; kohti kohti; asti asti; saakka saakka; ympäri ympäri; läpi läpi; välillä välillä väli; kautta kautta kausi;
teki tehdä; tein tehdä; teit tehdä; tekee tehdä; tekevät tehdä; tekivät tehdä; tee tehdä tee; teen tehdä tee; teet tehdä tee; teemme tehdä; teette tehdä; tehnyt tehdä; tehneet tehdä; tehty tehdä; tehdään tehdä; tehtiin tehdä;
näki nähdä; näkee nähdä; näkevät nähdä; näen nähdä; näet nähdä; näemme nähdä; nähnyt nähdä; nähty nähdä; nähdään nähdä; nähtiin nähdä;
tietää tietää; tiesi tietää; tiesin tietää; tiennyt tietää; tunsi tuntea; tunsin tuntea; tunsivat tuntea; kävi käydä; kävin käydä; kävivät käydä; kävit käydä; kävimme käydä; lähti lähteä; lähdin lähteä; lähtivät lähteä;
voi voi voida; voin voi voida; voit voida; voimme voida; voitte voida; voivat voida; voisi voida; voisin voida; voisivat voida; voisimme voida; voitiin voida; voidaan voida; voinut voida;
paremmin paremmin hyvin hyvä; parhaiten parhaiten hyvin hyvä; hyvin hyvin hyvä; kerran kerran kerta; lopulta lopulta loppu; lopuksi lopuksi loppu; aluksi aluksi alku;
`)

// finnishStems are verb stems that no rule leads back to the infinitive.
var finnishStems = map[string]string{
	"teh": "tehdä", "teke": "tehdä", "tek": "tehdä", "tei": "tehdä", "näh": "nähdä", "näke": "nähdä", "näk": "nähdä", "näe": "nähdä",
	"ole": "olla", "ol": "olla", "juokse": "juosta", "juoks": "juosta", "käv": "käydä", "tiete": "tietää", "tieten": "tietää", "ties": "tietää",
	"tuns": "tuntea", "lähe": "lähteä", "kav": "kaveta", "seiso": "seisoa", "päse": "päästä",
	"poja": "poika", "poji": "poika", "aja": "aika", "ajo": "aika", "kevää": "kevät", "vuon": "vuosi", "parhaa": "paras", "parhai": "paras",
	"ii": "ikä", "iä": "ikä", "sydäme": "sydän", "sydämi": "sydän", "lämpimä": "lämmin", "lämpimi": "lämmin", "miehe": "mies", "miehi": "mies", "lapse": "lapsi", "veitse": "veitsi",
	"parempa": "parempi", "paremma": "parempi", "pidempä": "pitkä", "pidemmä": "pitkä", "pitempä": "pitkä", "pitemmä": "pitkä",
}
