package importer

// Role is what a column is proposed to be.
type Role string

// Roles. Columns that are RoleDate, RolePersonal or RoleIgnore are not imported.
const (
	RoleID       Role = "id"
	RoleLanguage Role = "language"
	RoleQuestion Role = "question"
	RoleVariable Role = "variable"
	RoleChoice   Role = "choice" // one choice of a variable that is spread over columns
	RoleDate     Role = "date"
	RolePersonal Role = "personal" // names, addresses, numbers of people: not imported, in line with data minimisation
	RoleIgnore   Role = "ignore"
)

// Reason tells why a column is proposed to be what it is. The keys, with their arguments:
//
//	import.reason.empty
//	import.reason.header_id
//	import.reason.id_values         (a first column of numbers or codes, all different)
//	import.reason.id_repeats        different ids, rows (it looks like an id, but repeats or has gaps)
//	import.reason.language
//	import.reason.language_other    (the survey tool calls it the language, but it names others too)
//	import.reason.dates
//	import.reason.personal_header
//	import.reason.personal_values
//	import.reason.numbers           different numbers
//	import.reason.numbers_repeat    different numbers
//	import.reason.choices           (its cells list several choices)
//	import.reason.labelled          number of values that the file describes
//	import.reason.tool              (a column that the survey tool adds)
//	import.reason.tool_id
//	import.reason.tool_date
//	import.reason.tool_person
//	import.reason.tool_text         (the survey tool marks it as open text)
//	import.reason.tool_choice       the choice (one of a question's choices)
//	import.reason.note_id, note_section, note_text
//	import.reason.other             (says more of the choice 'other')
//	import.reason.scale             different numbers
//	import.reason.constant          the value
//	import.reason.codes             different codes
//	import.reason.free_text         mean number of words, percentage of different texts
//	import.reason.most_text         (no column is surely an open question, this is the likeliest)
//	import.reason.few_values        different texts
//	import.reason.many_values       different texts
type Reason struct {
	Key  string
	Args []any
}

// ColumnProposal is what one column is proposed to be, and what it looks like.
type ColumnProposal struct {
	Column
	Role   Role
	Reason Reason
	Stats  ColumnStats
	Hint   Hint // what the file's layout says
}

// Proposal is a mapping for a sheet that has none, with the reasons by column.
type Proposal struct {
	Mapping  Mapping
	Columns  []ColumnProposal
	Warnings Problems // what a person should look at who does not see the columns; the keys are those of reasons
}
