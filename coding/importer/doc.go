// Package importer turns a survey file into a coding.Batch: a Sheet of rows, a Mapping of its columns, and a Plan that lists
// what is wrong by row. It writes nothing to any project.
//
// A Format (package csvfile, xlsxfile, …) reads one kind of file and hands its rows to a Builder, which makes the Sheet. The
// layout of a survey tool is one more such package: it reads, or takes a Sheet and builds another, and names itself in
// Sheet.Profile. Propose suggests a Mapping; NewPlan checks a Mapping against a Sheet and counts what would come in; the
// Batch of a Plan goes to coding.Service.Import.
//
// The package speaks no language of people: problems and reasons carry a key and arguments, and ui/i18n/catalog/importer.*
// has the words. The keys of problems, with their arguments:
//
//	the file
//	import.no_file, no_access, not_a_file, empty, binary, packed, spss, rtf, utf32, xls, doc, password, html, unknown_format
//	import.document_damaged, no_notes
//	import.file_large        size and limit in megabytes
//	import.header_only, dictionary
//	import.title_row         row of the headers
//	import.header_long       limit in bytes
//	import.columns_many      columns, limit
//	import.rows_many         limit
//	import.encoding_unknown  what the options say
//	import.delimiter_unknown what the options say
//	import.quote_open        line of the opening quotation mark
//	import.row_long          limit in megabytes
//	import.not_workbook, ods, zip_damaged, zip_bomb, no_sheet
//	import.workbook_damaged  the part that is damaged, "" when not known
//	import.sheet_missing     wanted, what there is
//	import.sav_damaged       the byte where that shows
//	import.sav_large, sav_cut
//	a row or a cell
//	import.sav_missing       number of cells
//	import.sav_encoding      the encoding
//	import.ragged            columns, letter of the extra cell, its text
//	import.quote_stray, quote_lines, nul, header_again
//	import.formula_blank
//	import.formula_error       the error, as '#N/A'
//	import.bad_text          the text
//	import.cell_long         limit and size in kilobytes
//	import.id_blank
//	import.legend_middle     row where the legend begins
//	import.id_long           limit
//	import.id_again          the id, row where it came first
//	import.language_value    the value
//	import.value_long        limit
//	import.values_many       limit
//	import.values_several    number of values
//	import.more              how many are not listed, how many are
//	the mapping
//	import.mapping_syntax      what the YAML reader says
//	import.mapping_key         the unknown key, the known ones
//	import.mapping_key_twice   the key
//	import.mapping_type        the key, what is expected
//	import.mapping_missing     the key
//	import.mapping_empty, mapping_large
//	import.profile_unknown     the name, the known ones
//	import.key_bad             the key
//	import.key_twice           the key, the first column, the second
//	import.column_missing      the column, the columns that there are
//	import.column_twice        the role it has, the second role
//	import.value_twice         the value, first and second category
//	import.column_unmapped     number of columns, their names (chooses the plural)
//	import.no_question, only_variables
//	import.mapping_columns     the key of the variable
//	import.other_of            the key of the question, of the variable
//	import.profile_other       the profile wanted, the one that it looks like
//	language versions
//	import.align_other         the file that it is not a version of
//	import.align_missing       the file that has it, the column there
//	import.align_extra         the file that does not have it
//	import.align_id            the file that has it, the column there
//	import.align_ids           what is put before the ids
//	import.align_value         the value
//	import.join_extra
//	import.join_missing        what the project asks
//	import.join_value          the value
//	import.join_ids            number of ids, what is put before them (chooses the plural)
//	import.join_doubt          the key, what the project has there, the key that is used instead
//	a look-up table
//	import.lookup_columns, lookup_blank
//	import.lookup_twice        the value, the row where it came first
//	import.lookup_no_class     the value
//	import.lookup_lacks        the value of the variable
//	found by coding.Service.Import
//	import.same_file           the file, the name it had, the date
//	import.respondent_exists   the id
//	import.round_kind          the label of the round
//	import.variable_derived    the label and the key of the derived variable
//
// The reasons of Propose are 'import.reason.*', see propose.go.
package importer
