package view

// WorkshopPage is the material of a workshop in the making.
type WorkshopPage struct {
	Page
	CanEdit   bool
	Workshops []Option // all workshops; the value is an address
	Name      string
	Action    string // address that changes the workshop; "" where there is none
	New       string // address that begins one
	Rooms     WorkshopRooms
	Undo      *Undo
	Fields    map[string]string
}

// WorkshopRooms is what the page says of the live rooms of a workshop.
type WorkshopRooms struct {
	Workshop int64
	Rooms    []RoomRow // the newest
	New, All string    // addresses: opens one with the workshop's themes; lists all
}
