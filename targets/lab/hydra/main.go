package main

import "github.com/ory/hydra/v2/cmd"

func main() { cmd.Execute() }
