package app

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"avokoodi/coding"
)

func (a *app) userCommand() *cobra.Command {
	c := &cobra.Command{Use: "user", Short: "People who may sign in"}
	var role, display string
	add := &cobra.Command{Use: "add NAME", Short: "Add a person; the password is read from standard input", Args: a.args(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			r, ok := coding.ParseRole(role)
			if !ok {
				return a.usage("cli.use_choice", "--role", role, "admin, lead, analyst, reader")
			}
			password, err := a.password()
			if err != nil {
				return err
			}
			return a.with(cmd.Context(), func(h *house) error {
				p, err := h.svc.AddPerson(cmd.Context(), coding.Operator, coding.NewPerson{Name: args[0], Display: display, Password: password, Role: r})
				if err == nil {
					fmt.Fprintln(a.out, p.Name)
				}
				return err
			})
		}}
	add.Flags().StringVar(&role, "role", "analyst", "admin, lead, analyst or reader")
	add.Flags().StringVar(&display, "display", "", "name that others see")
	c.AddCommand(add, a.userListCommand(), a.userPasswordCommand(), a.userDisableCommand())
	return c
}

// password reads one line from standard input.
func (a *app) password() (string, error) {
	line, err := bufio.NewReader(a.in).ReadString('\n')
	line = strings.TrimRight(line, "\r\n")
	if line == "" {
		return "", errors.Join(coding.Problem{Field: "password", Key: "person.password_short", Args: []any{coding.MinPassword}}, nil)
	}
	if err != nil && line == "" {
		return "", err
	}
	return line, nil
}

func (a *app) userListCommand() *cobra.Command {
	return &cobra.Command{Use: "list", Short: "List people", Args: a.args(0, 0), RunE: func(cmd *cobra.Command, _ []string) error {
		return a.with(cmd.Context(), func(h *house) error {
			people, err := h.svc.People(cmd.Context(), coding.Operator)
			if err != nil {
				return err
			}
			if a.json {
				type row struct {
					Name     string `json:"name"`
					Display  string `json:"display"`
					Role     string `json:"role"`
					Disabled bool   `json:"disabled"`
				}
				rows := []row{}
				for _, p := range people {
					rows = append(rows, row{p.Name, p.Display, string(p.Role), p.Disabled})
				}
				return json.NewEncoder(a.out).Encode(rows)
			}
			for _, p := range people {
				state := ""
				if p.Disabled {
					state = "\t" + a.t("cli.disabled")
				}
				fmt.Fprintf(a.out, "%s\t%s\t%s%s\n", p.Name, p.Role, p.Display, state)
			}
			return nil
		})
	}}
}

func (a *app) person(cmd *cobra.Command, h *house, name string) (coding.Person, error) {
	var p coding.Person
	err := h.store.View(cmd.Context(), func(r coding.Reader) error {
		var err error
		p, err = r.PersonNamed(cmd.Context(), name)
		return err
	})
	if errors.Is(err, coding.ErrNotFound) {
		return p, refused{[]string{a.t("cli.no_person", name)}}
	}
	return p, err
}

func (a *app) userPasswordCommand() *cobra.Command {
	return &cobra.Command{Use: "password NAME", Short: "Set a password, read from standard input", Args: a.args(1, 1), RunE: func(cmd *cobra.Command, args []string) error {
		password, err := a.password()
		if err != nil {
			return err
		}
		return a.with(cmd.Context(), func(h *house) error {
			p, err := a.person(cmd, h, args[0])
			if err != nil {
				return err
			}
			return h.svc.SetPassword(cmd.Context(), coding.Operator, p.ID, password)
		})
	}}
}

func (a *app) userDisableCommand() *cobra.Command {
	return &cobra.Command{Use: "disable NAME", Short: "Stop a person from signing in", Args: a.args(1, 1), RunE: func(cmd *cobra.Command, args []string) error {
		return a.with(cmd.Context(), func(h *house) error {
			p, err := a.person(cmd, h, args[0])
			if err != nil {
				return err
			}
			p.Disabled = true
			return h.svc.ChangePerson(cmd.Context(), coding.Operator, p)
		})
	}}
}
