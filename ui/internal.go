package ui

import (
	"crypto/subtle"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"avokoodi/coding"
	"avokoodi/ui/ask"
)

// routeInternal serves the command line of the same data directory: only one process can hold the text index, and while the
// server runs it is the one. The secret stands in a file that only the user of the data directory can read.
func (s *Server) routeInternal(g gin.IRouter) {
	g.POST("/internal/search", func(c *gin.Context) {
		given := strings.TrimPrefix(c.GetHeader("Authorization"), "Bearer ")
		if s.Token == "" || subtle.ConstantTimeCompare([]byte(given), []byte(s.Token)) != 1 {
			c.Status(http.StatusNotFound)
			return
		}
		var q ask.Request
		if err := c.BindJSON(&q); err != nil {
			return
		}
		ctx := c.Request.Context()
		a, err := s.Service.Open(ctx, coding.Operator, q.Project)
		if err != nil {
			c.JSON(http.StatusNotFound, gin.H{"error": "no such project"})
			return
		}
		if err := s.Index.Sync(ctx, a.Project.ID); err != nil {
			s.Log.Error("internal search", "error", err)
			c.JSON(http.StatusInternalServerError, gin.H{"error": "index"})
			return
		}
		people, err := s.Service.People(ctx, coding.Operator)
		if err != nil {
			c.JSON(http.StatusInternalServerError, gin.H{"error": "store"})
			return
		}
		asked := s.ask(ctx, a.Project.ID, people)
		if q.IDs {
			c.JSON(http.StatusOK, asked.All(ctx, q.Query))
			return
		}
		c.JSON(http.StatusOK, asked.Answer(ctx, s.Service.Store(), q.Query, q.Limit))
	})
}
