package coding

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"
)

var personName = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}._@-]{0,63}$`)

// NewPerson is what AddPerson needs. An empty password makes a coder who cannot sign in.
type NewPerson struct {
	Name, Display, Password string
	Role                    Role
}

// AddPerson makes a person; for administrators.
func (s *Service) AddPerson(ctx context.Context, actor PersonID, n NewPerson) (Person, error) {
	person, err := s.newPerson(n)
	if err != nil {
		return Person{}, err
	}
	err = s.store.Update(ctx, func(tx Tx) error {
		if err := needGlobal(ctx, tx, actor, RoleAdmin); err != nil {
			return err
		}
		person, err = savePerson(ctx, tx, person)
		return err
	})
	return person, err
}

func (s *Service) newPerson(n NewPerson) (Person, error) {
	n.Name = strings.TrimSpace(n.Name)
	var ps Problems
	if !personName.MatchString(n.Name) {
		ps = append(ps, Problem{Field: "name", Key: "person.name_bad", Args: []any{n.Name}})
	}
	display, err := displayName(n.Display)
	if one := (Problem{}); errors.As(err, &one) {
		ps = append(ps, one)
	}
	if _, ok := ParseRole(string(n.Role)); !ok {
		ps = append(ps, Problem{Field: "role", Key: "person.role_bad", Args: []any{string(n.Role)}})
	}
	if err := ps.Err(); err != nil {
		return Person{}, err
	}
	p := Person{Name: n.Name, Display: display, Role: n.Role, Created: s.clock()}
	if n.Password != "" {
		hash, err := hashPassword(n.Password)
		if err != nil {
			return Person{}, err
		}
		p.Password = hash
	}
	return p, nil
}

// maxDisplay is how many characters a person's name for others may have.
const maxDisplay = 100

// displayName is a name for others on one line.
func displayName(s string) (string, error) {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > maxDisplay {
		return "", problem("display", "person.display_long", maxDisplay)
	}
	return s, nil
}

func savePerson(ctx context.Context, tx Tx, p Person) (Person, error) {
	saved, err := tx.SavePerson(ctx, p)
	if errors.Is(err, ErrConflict) {
		return p, problem("name", "person.name_taken", p.Name)
	}
	return saved, err
}

// ChangePerson sets display name, role and whether the person may sign in; for administrators. The last administrator who
// can sign in stays one.
func (s *Service) ChangePerson(ctx context.Context, actor PersonID, p Person) error {
	return s.store.Update(ctx, func(tx Tx) error {
		if err := needGlobal(ctx, tx, actor, RoleAdmin); err != nil {
			return err
		}
		old, err := tx.Person(ctx, p.ID)
		if err != nil {
			return err
		}
		if _, ok := ParseRole(string(p.Role)); !ok {
			return problem("role", "person.role_bad", string(p.Role))
		}
		if old.Role == RoleAdmin && !old.Disabled && (p.Role != RoleAdmin || p.Disabled) {
			if err := anotherAdmin(ctx, tx, p.ID); err != nil {
				return err
			}
		}
		if old.Display, err = displayName(p.Display); err != nil {
			return err
		}
		old.Role, old.Disabled = p.Role, p.Disabled
		_, err = tx.SavePerson(ctx, old)
		return err
	})
}

func anotherAdmin(ctx context.Context, r Reader, but PersonID) error {
	people, err := r.People(ctx)
	if err != nil {
		return err
	}
	for _, p := range people {
		if p.ID != but && p.Role == RoleAdmin && !p.Disabled && p.Password != "" {
			return nil
		}
	}
	return problem("role", "person.last_admin")
}

// SetPassword gives a person a new password: one's own, or anybody's for an administrator.
func (s *Service) SetPassword(ctx context.Context, actor, who PersonID, password string) error {
	hash, err := hashPassword(password)
	if err != nil {
		return err
	}
	return s.store.Update(ctx, func(tx Tx) error {
		if actor != who {
			if err := needGlobal(ctx, tx, actor, RoleAdmin); err != nil {
				return err
			}
		}
		p, err := tx.Person(ctx, who)
		if err != nil {
			return err
		}
		p.Password = hash
		_, err = tx.SavePerson(ctx, p)
		return err
	})
}

// SetDisplay changes the name under which others see the person; "" is the user name.
func (s *Service) SetDisplay(ctx context.Context, who PersonID, display string) error {
	display, err := displayName(display)
	if err != nil {
		return err
	}
	return s.store.Update(ctx, func(tx Tx) error {
		p, err := tx.Person(ctx, who)
		if err != nil {
			return err
		}
		p.Display = display
		_, err = tx.SavePerson(ctx, p)
		return err
	})
}

// SetDesk keeps how a person likes the pages.
func (s *Service) SetDesk(ctx context.Context, who PersonID, change func(*Desk)) error {
	return s.store.Update(ctx, func(tx Tx) error {
		p, err := tx.Person(ctx, who)
		if err != nil {
			return err
		}
		change(&p.Desk)
		_, err = tx.SavePerson(ctx, p)
		return err
	})
}

// SignIn returns the person, or ErrSignIn after the same time whatever was wrong.
func (s *Service) SignIn(ctx context.Context, name, password string) (Person, error) {
	var p Person
	err := s.store.View(ctx, func(r Reader) error {
		var err error
		p, err = r.PersonNamed(ctx, strings.TrimSpace(name))
		return err
	})
	if err != nil && !errors.Is(err, ErrNotFound) {
		return Person{}, err
	}
	if !samePassword(p.Password, password) || p.Disabled {
		return Person{}, ErrSignIn
	}
	return p, nil
}

// Person reads one person.
func (s *Service) Person(ctx context.Context, id PersonID) (Person, error) {
	var p Person
	err := s.store.View(ctx, func(r Reader) error {
		var err error
		p, err = r.Person(ctx, id)
		return err
	})
	return p, err
}

// People lists everybody, by name. Whoever codes may see who else does.
func (s *Service) People(ctx context.Context, actor PersonID) ([]Person, error) {
	var out []Person
	err := s.store.View(ctx, func(r Reader) error {
		if err := needGlobal(ctx, r, actor, RoleReader); err != nil {
			return err
		}
		var err error
		out, err = r.People(ctx)
		return err
	})
	return out, err
}

const setupSetting = "setup_token_sha256"

// NeedsSetup tells whether nobody can sign in as administrator yet.
func (s *Service) NeedsSetup(ctx context.Context) (bool, error) {
	needs := false
	err := s.store.View(ctx, func(r Reader) error {
		err := anotherAdmin(ctx, r, 0)
		var p Problem
		needs = errors.As(err, &p)
		if needs {
			return nil
		}
		return err
	})
	return needs, err
}

// SetupToken makes a one-time token for the first administrator. An earlier one no longer works.
func (s *Service) SetupToken(ctx context.Context) (string, error) {
	token := rand.Text()
	sum := sha256.Sum256([]byte(token))
	err := s.store.Update(ctx, func(tx Tx) error {
		return tx.SetSetting(ctx, setupSetting, hex.EncodeToString(sum[:]))
	})
	return token, err
}

// Setup makes the first administrator; the token works once, and only while nobody can sign in as administrator.
func (s *Service) Setup(ctx context.Context, token string, n NewPerson) (Person, error) {
	n.Role = RoleAdmin
	if n.Password == "" {
		return Person{}, problem("password", "person.password_short", MinPassword)
	}
	person, err := s.newPerson(n)
	if err != nil {
		return Person{}, err
	}
	err = s.store.Update(ctx, func(tx Tx) error {
		want, err := tx.Setting(ctx, setupSetting)
		if err != nil {
			return err
		}
		sum := sha256.Sum256([]byte(token))
		if want == "" || subtle.ConstantTimeCompare([]byte(want), []byte(hex.EncodeToString(sum[:]))) != 1 {
			return problem("token", "setup.token_bad")
		}
		if err := anotherAdmin(ctx, tx, 0); err == nil {
			return problem("token", "setup.done_already")
		}
		if person, err = savePerson(ctx, tx, person); err != nil {
			return err
		}
		return tx.SetSetting(ctx, setupSetting, "")
	})
	return person, err
}

// Members lists who has another role in the project than everywhere.
func (s *Service) Members(ctx context.Context, p ProjectID, actor PersonID) ([]Member, error) {
	var out []Member
	err := s.store.View(ctx, func(r Reader) error {
		if err := need(ctx, r, p, actor, RoleReader); err != nil {
			return err
		}
		var err error
		out, err = r.Members(ctx, p)
		return err
	})
	return out, err
}

// SetMember gives a person another role in the project; "" gives back the role that the person has everywhere.
func (s *Service) SetMember(ctx context.Context, actor PersonID, m Member) error {
	switch m.Role {
	case "", RoleNone, RoleReader, RoleAnalyst, RoleLead:
	default:
		return problem("role", "person.role_bad", string(m.Role))
	}
	return s.store.Update(ctx, func(tx Tx) error {
		if err := need(ctx, tx, m.Project, actor, RoleLead); err != nil {
			return err
		}
		if _, err := tx.Person(ctx, m.Person); err != nil {
			return err
		}
		return tx.SetMember(ctx, m)
	})
}
