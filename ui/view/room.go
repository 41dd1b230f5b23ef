package view

// RoomsPage lists the live rooms of a project and begins one.
type RoomsPage struct {
	Page
	Rooms  []RoomRow
	Action string // that opens a room; "" for one who may not
	From   string // workshop whose themes are chosen beforehand, by id; "" for none
	FromOf string // its name
	Name   string
	Themes []RoomTheme
	Votes  []RoomVotes
	Quotes []Option // how many of a theme
	Groups string
	Screen bool
	Fields map[string]string
}

// RoomRow is a room in a list.
type RoomRow struct {
	Href, Title string
	State       string // open, paused, closed
	StateText   string
	When        string
	Code        string // as people read it; "" of a closed room
	People      int
	Remarks     int
	InData      bool
}

// RoomTheme is a theme that a room may show.
type RoomTheme struct {
	ID      int64
	Label   string
	Depth   int
	Count   string // how many named it; "·" where that may not be told
	Quotes  int    // that may be shown
	Checked bool
}

// RoomVotes is the limit of one kind of votes.
type RoomVotes struct {
	Kind, Label string
	Limit       int
}

// RoomPage is the organiser's page of a room.
type RoomPage struct {
	Page
	Title     string
	State     string
	StateText string
	Code      string
	Join      string // whole address of the participants' page
	Nearby    bool   // the address leads to this machine only
	QR        QR
	Action    string // address of the room, for forms
	Wall      string
	Live      string // address of the open line
	Covered   bool
	Screen    bool
	People    int
	Votes     []RoomCast
	Waiting   []RoomRemark
	Remarks   []RoomRemark // shown and hidden, the newest first
	More      int          // not listed
	All       string       // address that lists all
	Ranking   []RoomStanding
	Kinds     []Option // of votes, for the order of the ranking
	Cards     []Option
	Files     []ExportLink
	Closing   bool // asks before closing
	Data      RoomData
	Undo      *Undo
}

// RoomData is how a closed room stands with the project's data.
type RoomData struct {
	CanBring  bool
	MayNot    bool // the person is no lead
	Nothing   bool // nobody voted or wrote
	Brought   bool
	Href      string // the answers on the desk
	Round     string
	Skipped   int // remarks that stay out
	Waiting   int // that come in masked
	Questions int
}

// QR is a code to be drawn: its path, and the side of its square.
type QR struct {
	Path string
	Side int
}

// RoomCast is how many votes of a kind there are.
type RoomCast struct {
	Label string
	N     int
}

// RoomStanding is a card with what the room gave it.
type RoomStanding struct {
	Key     string
	Place   int
	Label   string
	Also    []RoomWord // the label in the other languages, where it differs
	Hue     int
	Votes   []RoomCount
	Remarks []RoomRemark
	More    int // remarks that are not listed
}

// RoomWord is words in a language.
type RoomWord struct{ Lang, Text string }

// RoomCount is a number of votes with its bar, in hundredths of the longest.
type RoomCount struct {
	Label string
	N     int
	Bar   int
}

// RoomRemark is a remark for the organiser or for the wall.
type RoomRemark struct {
	ID     int64
	Said   string
	Lang   string
	Masked bool   // identifiers are masked in Said
	Found  string // what they are
	AsIs   bool
	Own    bool
	State  string
	About  string // label of the card
	Card   string // its key
	Agrees int
	When   string
	Mine   bool
}

// WallPage is what the room sees on the wall.
type WallPage struct {
	Page
	Title     string
	State     string
	StateText string
	Code      string
	Join      string // address without its scheme
	QR        QR
	Live      string
	Back      string
	Covered   bool
	People    int
	Ranking   []RoomStanding
	Own       []RoomRemark
	OwnMore   int
	Langs     []RoomWord // links to the wall in each language: Text is the address
}

// JoinPage is a participant's phone: the code to be typed, or the room.
type JoinPage struct {
	Lang   string
	Title  string
	Langs  []RoomWord // Text is the address
	Look   string
	Flash  string
	Errors []string
	Code   string // typed and wrong
	Room   *JoinRoom
}

// JoinRoom is a room as a participant sees it.
type JoinRoom struct {
	Code      string
	State     string
	StateText string
	Action    string
	Live      string
	Seq       int64
	Key       string // names what forms of this page send
	Votes     []JoinVotes
	Groups    []Option
	Cards     []JoinCard
	Own       []RoomRemark
	Agreed    map[int64]bool
	MaxText   int
	MaxOwn    int
}

// JoinVotes is a participant's votes of one kind.
type JoinVotes struct {
	Kind, Label string
	Limit, Left int
}

// JoinCard is a card on a phone.
type JoinCard struct {
	Key, Label string
	Hue        int
	Named      string // how many named it, in words; "" where that may not be told
	Votes      []JoinVote
	Quotes     []JoinQuote
	Remarks    []RoomRemark
}

// JoinVote is the button of a vote.
type JoinVote struct {
	Kind, Label string
	On          bool
}

// JoinQuote is a quote in the participant's language, or in its own.
type JoinQuote struct {
	Said, Lang, By string
	Translated     bool
}
