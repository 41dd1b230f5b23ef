package profile_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"avokoodi/coding/importer"
)

// The layouts, each on a small made-up survey in the form that the tool writes.
var layouts = []struct{ name, content, want string }{
	{"Webropol", "Vastausaika\tID\tSukupuoli\tMitä kieliä puhut?\t\t\tKuinka tärkeää?\t\tKerro lisää\tSähköposti\n" +
		"-\t\t-\tSuomi\tRuotsi\tMuu, mikä?\tYhteistyö\tTiedotus\t-\t-\n" +
		"1.2.2024 12:01:00\t1\t1\t1\t2\t\t5\t4\tSujuva arki on yhteistä työtä\ta@example.org\n" +
		"1.2.2024 13:01:00\t2\t2\t\t2\tsaame\t1\t4\tEnemmän tietoa kunnalta kiitos\tb@example.org\n" +
		"1.2.2024 14:01:00\t3\t2\t1\t\t\t3\t\tKaikki hyvin täällä meillä\tc@example.org\n\n" +
		"\t\t1 = Nainen\t1 = Suomi\t\t\t1 = Ei lainkaan\n\t\t2 = Mies\t2 = Ruotsi\t\t\t5 = Erittäin\n",
		`webropol id=ID language= rows=3
? mitä-kieliä-puhut-other of mitä-kieliä-puhut "Mitä kieliä puhut?: Muu, mikä?": 1
? kerro-lisää "Kerro lisää": 3
= sukupuoli "Sukupuoli": 1/Nainen=1 2/Mies=2
* mitä-kieliä-puhut "Mitä kieliä puhut?": 1/Suomi=2 2/Ruotsi=2
= kuinka-tärkeää-yhteistyö "Kuinka tärkeää?: Yhteistyö": 1/Ei lainkaan=1 5/Erittäin=1 3/3=1
= kuinka-tärkeää-tiedotus "Kuinka tärkeää?: Tiedotus": 1/Ei lainkaan=0 5/Erittäin=0 4/4=2
`},
	{"SurveyMonkey, two rows", "Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Last Name,Custom Data 1,Mitä palveluja käytät?,,,Missä asut?,,Miten yhteistyö sujui?\n" +
		",,,,,,,,,Kirjasto,Uimahalli,Muu (kerro mikä),Response,Muualla (missä?),Open-Ended Response\n" +
		"10012345678,1,01/02/2024 10:00:00 AM,01/02/2024 10:05:00 AM,1.2.3.4,,,,,Kirjasto,Uimahalli,,Kaupungissa,,Hyvin sujui tänä vuonna\n" +
		"10012345679,1,01/02/2024 11:00:00 AM,01/02/2024 11:05:00 AM,1.2.3.5,,,,,,Uimahalli,jäähalli,Maalla,,Huonommin kuin ennen\n" +
		"10012345680,1,01/02/2024 12:00:00 AM,01/02/2024 12:05:00 AM,1.2.3.6,,,,,Kirjasto,,,,veneessä,En osaa sanoa ääneen\n",
		`surveymonkey id=Respondent ID language= rows=3
? mitä-palveluja-käytät-other of mitä-palveluja-käytät "Mitä palveluja käytät? - Muu (kerro mikä)": 1
? missä-asut-other of missä-asut "Missä asut? - Muualla (missä?)": 1
? miten-yhteistyö-sujui "Miten yhteistyö sujui?": 3
* mitä-palveluja-käytät "Mitä palveluja käytät?": kirjasto/Kirjasto=2 uimahalli/Uimahalli=2
= missä-asut "Missä asut?": kaupungissa/Kaupungissa=1 maalla/Maalla=1
`},
	{"SurveyMonkey, condensed", "RespondentID,CollectorID,StartDate,Which services do you use? - Library,Which services do you use? - Pool,Which services do you use? - Other (please specify),How did it go?\n" +
		"10012345678,1,2024-01-02,Library,Pool,,It went well this year\n10012345679,1,2024-01-02,,Pool,ice rink,Worse than it used to be\n10012345680,1,2024-01-02,Library,,,I have no opinion at all\n",
		`surveymonkey id=RespondentID language= rows=3
? which-services-do-you-use-other of which-services-do-you-use "Which services do you use? - Other (please specify)": 1
? how-did-it-go "How did it go?": 3
* which-services-do-you-use "Which services do you use?": library/Library=2 pool/Pool=2
`},
	{"Qualtrics, three rows", "StartDate,Status,IPAddress,ResponseId,UserLanguage,Q1,Q2_1,Q2_2,Q2_2_TEXT,Q3,Q4_1,Q4_2,Q5_First Click\n" +
		"Start Date,Response Type,IP Address,Response ID,User Language,Where do you live?,Which do you use? - Selected Choice - Library,Which do you use? - Selected Choice - Other:,Which do you use? - Other: - Text,Tell us more,Rate - Speed,Rate - Price,Timing - First Click\n" +
		`"{""ImportId"":""startDate"",""timeZone"":""Z""}","{""ImportId"":""status""}","{""ImportId"":""ipAddress""}","{""ImportId"":""_recordId""}","{""ImportId"":""userLanguage""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2"",""choiceId"":""1""}","{""ImportId"":""QID2"",""choiceId"":""2""}","{""ImportId"":""QID2_2_TEXT""}","{""ImportId"":""QID3_TEXT""}","{""ImportId"":""QID4_1""}","{""ImportId"":""QID4_2""}","{""ImportId"":""QID5_FIRST_CLICK""}"` + "\n" +
		"2024-01-01 10:00:00,IP Address,1.2.3.4,R_1,FI,Town,Library,,,ok,1,4,1.2\n2024-01-01 11:00:00,IP Address,1.2.3.5,R_2,SV,Country,Library,Other:,boat,fine,5,4,2.2\n2024-01-01 12:00:00,IP Address,1.2.3.6,R_3,EN,Town,,,,,3,2,3.2\n",
		`qualtrics id=ResponseId language=UserLanguage rows=3
? q2-other of q2 "Which do you use? - Other: - Text": 1
? q3 "Tell us more": 2
= q1 "Where do you live?": town/Town=2 country/Country=1
* q2 "Which do you use?": 1/Library=2 2/Other:=1
= q4_1 "Rate - Speed": 1/1=1 3/3=1 5/5=1
= q4_2 "Rate - Price": 2/2=1 4/4=2
`},
	{"Qualtrics, two rows", "V1,V2,V3,V4,V5,V6,V7,V8,V9,V10,Q1,Q2\nResponseID,ResponseSet,Name,ExternalDataReference,EmailAddress,IPAddress,Status,StartDate,EndDate,Finished,Where do you live?,Tell us what you think\n" +
		"R_1,Default,,,,1.2.3.4,0,2015-01-01 10:00:00,2015-01-01 10:01:00,1,1,It was good all in all\nR_2,Default,,,,1.2.3.5,0,2015-01-01 10:00:00,2015-01-01 10:01:00,1,2,I would not do it again\n",
		`qualtrics id=V1 language= rows=2
? q2 "Tell us what you think": 2
= q1 "Where do you live?": 1/1=1 2/2=1
`},
	{"LimeSurvey, codes and texts", "id. Response ID,submitdate. Date submitted,lastpage. Last page,startlanguage. Start language,seed. Seed,G1. Sex,Q1[SQ001]. Which do you use? [Library],Q1[SQ002]. Which do you use? [Pool],Q1[other]. Which do you use? [Other],Q2[a]. Rate [Speed],Q3. How did it go?\n" +
		"1,2024-01-01 10:00:00,3,fi,111,Female,Yes,No,,Good,It went well this year\n2,2024-01-01 10:00:00,3,sv,112,Male,Yes,Yes,rink,Bad,Worse than it used to be\n",
		`limesurvey id=id. Response ID language=startlanguage. Start language rows=2
? q1-other of q1 "Which do you use?": 1
? q3 "How did it go?": 2
= g1 "Sex": female/Female=1 male/Male=1
* q1 "Which do you use?": sq001/Library=2 sq002/Pool=1
= q2_a "Rate [Speed]": good/Good=1 bad/Bad=1
`},
	{"LimeSurvey, codes", "id,submitdate,lastpage,startlanguage,G1,Q1[SQ001],Q1[SQ002],Q1[other],Q3\n1,2024-01-01 10:00:00,3,fi,A1,Y,,,Hyvin sujui tänä vuonna\n2,2024-01-01 10:00:00,3,fi,A2,Y,Y,jäähalli,Huonommin kuin ennen\n",
		`limesurvey id=id language=startlanguage rows=2
? q1-other of q1 "Q1": 1
? q3 "Q3": 2
= g1 "G1": a1/A1=1 a2/A2=1
* q1 "Q1": sq001/SQ001=2 sq002/SQ002=1
`},
	{"LimeSurvey, texts", "Vastauksen ID,Lähetyspäivä,Viimeinen sivu,Aloituskieli,Sukupuoli,Mitä käytät? [Kirjasto],Mitä käytät? [Uimahalli],Mitä käytät? [Muu],Miten meni?\n1,2024-01-01 10:00:00,3,fi,Nainen,Kyllä,Ei,,Hyvin sujui tänä vuonna\n2,2024-01-01 10:00:00,3,fi,Mies,Kyllä,Kyllä,jäähalli,Huonommin kuin ennen\n",
		`limesurvey id=Vastauksen ID language=Aloituskieli rows=2
? mitä-käytät-other of mitä-käytät "Mitä käytät?": 1
? miten-meni "Miten meni?": 2
= sukupuoli "Sukupuoli": nainen/Nainen=1 mies/Mies=1
* mitä-käytät "Mitä käytät?": kirjasto/Kirjasto=2 uimahalli/Uimahalli=1
`},
	{"Google Forms, Swedish", "Tidsstämpel,E-postadress,Kön,Vad använder du?,Hur gick det?\n2024-01-02 10.00.00,a@example.org,Kvinna,\"Biblioteket, Simhallen\",Det gick bra på det hela taget\n2024-01-02 10.01.00,b@example.org,Man,Simhallen,Sämre än förut måste jag säga\n" +
		"2024-01-02 10.02.00,c@example.org,Man,Biblioteket,Vet inte riktigt vad jag tycker\n2024-01-02 10.03.00,d@example.org,Kvinna,\"Biblioteket, Simhallen\",Bra\n2024-01-02 10.04.00,e@example.org,Kvinna,\"Simhallen\",Bra så\n",
		`google-forms id= language= rows=5
? hur-gick-det "Hur gick det?": 5
= kön "Kön": kvinna/Kvinna=3 man/Man=2
* vad-använder-du "Vad använder du?": simhallen/Simhallen=4 biblioteket/Biblioteket=3
`},
	{"Google Forms, English and a comma in a choice", "Timestamp,Have you done it?,Comment\n" + strings.Repeat("1/2/2024 10:00:00,\"Yes, to the end\",It went well this year\n1/2/2024 10:01:00,\"Yes, but not to the end\",Worse than before\n1/2/2024 10:02:00,No,I do not know\n", 8),
		`google-forms id= language= rows=24
= have-you-done-it "Have you done it?": yes,-to-the-end/Yes, to the end=8 yes,-but-not-to-the-end/Yes, but not to the end=8 no/No=8
= comment "Comment": it-went-well-this-year/It went well this year=8 worse-than-before/Worse than before=8 i-do-not-know/I do not know=8
! 0 [] only_variables []
`},
	{"Microsoft Forms, Finnish", "Tunnus;Alkamisaika;Valmistumisaika;Sähköposti;Nimi;Mitä käytät?;Miten meni?;Pisteet - Miten meni?\n1;2.1.2024 10.00;2.1.2024 10.05;anonymous;;Kirjasto;Hyvin sujui tänä vuonna;0\n2;2.1.2024 11.00;2.1.2024 11.05;anonymous;;\"Kirjasto;Uimahalli;\";Huonommin kuin ennen;0\n3;2.1.2024 12.00;2.1.2024 12.05;anonymous;;\"Uimahalli;\";En osaa sanoa ääneen;0\n",
		`ms-forms id=Tunnus language= rows=3
? miten-meni "Miten meni?": 3
* mitä-käytät "Mitä käytät?": kirjasto/Kirjasto=2 uimahalli/Uimahalli=2
`},
	{"Microsoft Forms, Swedish", "ID,Starttid,Slutförandetid,E-post,Namn,Hur gick det?\n1,1/2/24 10:00,1/2/24 10:05,anonymous,,Det gick bra på det hela taget\n2,1/2/24 10:00,1/2/24 10:05,anonymous,,Sämre än förut måste jag säga\n",
		`ms-forms id=ID language= rows=2
? hur-gick-det "Hur gick det?": 2
`},
	{"Kobo", "start,end,Sex,services,services/library,services/pool,group/comment,_location_latitude,_id,_uuid,_submission_time,__version__,_index\n" +
		"2024-01-01T10:00:00,2024-01-01T10:05:00,f,library pool,1,1,It went well this year,60.1,7,u-1,2024-01-01T10:06:00,v1,1\n2024-01-01T10:00:00,2024-01-01T10:05:00,m,pool,0,1,Worse than it used to be,60.2,8,u-2,2024-01-01T10:06:00,v1,2\n",
		`kobo id=_uuid language= rows=2
? comment "comment": 2
= sex "Sex": f/f=1 m/m=1
* services "services": library/library=1 pool/pool=2
`},
	{"REDCap", "record_id,redcap_survey_identifier,survey_timestamp,sex,services___1,services___2,comments,survey_complete\n1,,2024-01-01 10:00:00,1,1,0,It went well this year,2\n2,,2024-01-01 10:00:00,2,1,1,Worse than it used to be,2\n",
		`redcap id=record_id language= rows=2
? comments "comments": 2
= sex "sex": 1/1=1 2/2=1
* services "services": 1/1=2 2/2=1
`},
	{"Webropol without a legend, blanks for dashes", "Vastaajanumero\tKieli\t1. Mitä käytät?\t\t\t2. Muu, mikä?\t3. Arvioi\t\t4. Miten meni?\n\t\tKirjasto\tUimahalli\tMuu, mikä?\t\tAika\tPaikka\t\n" +
		"1\tsuomi\t1\t\t1\tjäähalli\t4\t2\tHyvin sujui tänä vuonna\n2\truotsi\t\t1\t\t\t5\t3\tSämre än förut måste jag säga\n",
		`webropol id=Vastaajanumero language=Kieli rows=2
? q1-other of q1 "2. Muu, mikä?": 1
? q4 "4. Miten meni?": 2
* q1 "1. Mitä käytät?": kirjasto/Kirjasto=1 uimahalli/Uimahalli=1 muu-mikä/Muu, mikä?=1
= 3-arvioi-aika "3. Arvioi: Aika": 4/4=1 5/5=1
= 3-arvioi-paikka "3. Arvioi: Paikka": 2/2=1 3/3=1
`},
	{"Qualtrics, two rows with bare dashes", "V1,V2,V3,V8,V9,Q1_1,Q1_2,Q2\nResponseID,ResponseSet,Name,StartDate,EndDate,Which do you use?-Library,Which do you use?-Pool,How did it go?\n" +
		"R_1,Default,Anonymous,2014-01-01 10:00:00,2014-01-01 10:01:00,1,,It went well this year\nR_2,Default,Anonymous,2014-01-01 10:00:00,2014-01-01 10:01:00,1,1,Worse than it used to be\n",
		`qualtrics id=V1 language= rows=2
? q2 "How did it go?": 2
* q1 "Which do you use?": 1/Library=2 2/Pool=1
`},
	{"Qualtrics, a list with a comma in a choice", "StartDate,EndDate,ResponseId,Q1,Q2\nStart Date,End Date,Response ID,Which do you use? - Selected Choice,How did it go?\n\"{\"\"ImportId\"\":\"\"startDate\"\"}\",\"{\"\"ImportId\"\":\"\"endDate\"\"}\",\"{\"\"ImportId\"\":\"\"_recordId\"\"}\",\"{\"\"ImportId\"\":\"\"QID1\"\"}\",\"{\"\"ImportId\"\":\"\"QID2_TEXT\"\"}\"\n" +
		strings.Repeat("2024-01-01 10:00:00,2024-01-01 10:01:00,R_@,\"Library,Pool\",It went well this year\n2024-01-01 10:00:00,2024-01-01 10:01:00,R_@b,\"Pool,Other, which?\",Worse than it used to be\n", 1) +
		"2024-01-01 10:00:00,2024-01-01 10:01:00,R_3,\"Library,Pool\",It could have gone better\n2024-01-01 10:00:00,2024-01-01 10:01:00,R_4,\"Pool,Other, which?\",It was fine on the whole\n2024-01-01 10:00:00,2024-01-01 10:01:00,R_5,\"Library,Pool,Other, which?\",It was the best year so far\n",
		`qualtrics id=ResponseId language= rows=5
? q2 "How did it go?": 5
* q1 "Which do you use?": pool/Pool=5 library/Library=3 other-which/Other, which?=3
`},
	{"LimeSurvey, Finnish words for its columns", "Vastauksen tunnus;Lähetyspäivä;Viimeinen sivu;Aloituskieli;Mitä käytät? [Kirjasto];Mitä käytät? [Uimahalli];Miten meni?\n1;2024-01-01 10:00:00;3;fi;Kyllä;Ei;Hyvin sujui tänä vuonna\n2;2024-01-01 10:00:00;3;fi;Kyllä;Kyllä;Huonommin kuin ennen\n",
		`limesurvey id=Vastauksen tunnus language=Aloituskieli rows=2
? miten-meni "Miten meni?": 2
* mitä-käytät "Mitä käytät?": kirjasto/Kirjasto=2 uimahalli/Uimahalli=1
`},
	{"ODK Central", "SubmissionDate,start,end,deviceid,background-town,services,services_other,meta-instanceID,KEY,SubmitterID,SubmitterName,AttachmentsPresent,AttachmentsExpected,ReviewState,Edits,FormVersion,feedback\n" +
		strings.Repeat("2024-01-01T10:00:00Z,2024-01-01T09:00:00,2024-01-01T09:10:00,collect:x,vaasa,library pool,,uuid:@,uuid:@,5,Collector,0,0,,0,1,It went well this year\n2024-01-01T10:00:00Z,2024-01-01T09:00:00,2024-01-01T09:10:00,collect:x,turku,pool rink,parks,uuid:@b,uuid:@b,5,Collector,0,0,,0,1,Worse than it used to be\n", 1) +
		"2024-01-01T10:00:00Z,2024-01-01T09:00:00,2024-01-01T09:10:00,collect:x,turku,library pool,,uuid:c,uuid:c,5,Collector,0,0,,0,1,It could have gone better\n2024-01-01T10:00:00Z,2024-01-01T09:00:00,2024-01-01T09:10:00,collect:x,turku,pool rink,,uuid:d,uuid:d,5,Collector,0,0,,0,1,It was fine on the whole\n" +
		"2024-01-01T10:00:00Z,2024-01-01T09:00:00,2024-01-01T09:10:00,collect:x,turku,library pool rink,,uuid:e,uuid:e,5,Collector,0,0,,0,1,It was the best year so far\n",
		`kobo id=KEY language= rows=5
? services-other of services "services_other": 1
? feedback "feedback": 5
= background-town "background-town": vaasa/vaasa=1 turku/turku=4
* services "services": pool/pool=5 library/library=3 rink/rink=3
`},
	{"Google Forms, semicolons", "Timestamp,What do you use?,How did it go?\n2024/01/02 3:10:11 PM EET,Library;Pool,It went well this year\n2024/01/02 3:11:11 PM EET,Pool;Rink,Worse than it used to be\n2024/01/02 3:12:11 PM EET,Library;Pool,It could have gone better\n2024/01/02 3:13:11 PM EET,Pool;Rink,It was fine on the whole\n2024/01/02 3:14:11 PM EET,Pool,It was the best year so far\n2024/01/02 3:15:11 PM EET,Rink,We had no trouble with it\n",
		`google-forms id= language= rows=6
? how-did-it-go "How did it go?": 6
* what-do-you-use "What do you use?": pool/Pool=5 rink/Rink=3 library/Library=2
`},
	{"a plain table", "id;kieli;Maakunta;Kommentti\n1;suomi;Uusimaa;Hyvin sujui tänä vuonna\n2;ruotsi;Uusimaa;Huonommin kuin ennen\n",
		`table id=id language=kieli rows=2
? kommentti "Kommentti": 2
= maakunta "Maakunta": uusimaa/Uusimaa=2
`},
}

func TestLayouts(t *testing.T) {
	for _, tt := range layouts {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, text(t, importer.Options{}, tt.content).outline(t)); diff != "" {
				t.Error(diff)
			}
			want, _, _ := strings.Cut(tt.want, " ")
			if diff := cmp.Diff(tt.want, text(t, importer.Options{Profile: want}, tt.content).outline(t)); diff != "" {
				t.Error("when chosen:", diff)
			}
		})
	}
}
