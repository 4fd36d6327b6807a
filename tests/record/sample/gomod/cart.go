package main

import "fmt"

type cart struct {
	Total int `json:"total" json:"sum"`
}

func main() {
	c := cart{Total: 1}
	fmt.Printf("%s %d\n", c.Total)
	for {
	}
	fmt.Println("never")
}
