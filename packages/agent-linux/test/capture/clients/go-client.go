// Makes the requests that its arguments name, "METHOD URL", one after the other.
//
//	go-client http1 'GET https://...' 'POST https://...'
//	go-client http2 ...
//	go-client side-by-side 100 127.0.0.1:443
package main

import (
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
)

var trusting = &tls.Config{InsecureSkipVerify: true}

func main() {
	if os.Args[1] == "side-by-side" {
		count, err := strconv.Atoi(os.Args[2])
		check(err)
		sideBySide(count, os.Args[3])
		return
	}
	http2 := os.Args[1] == "http2"
	client := http.Client{Transport: &http.Transport{TLSClientConfig: trusting, ForceAttemptHTTP2: http2}}
	for _, each := range os.Args[2:] {
		method, url, _ := strings.Cut(each, " ")
		ask(client, method, url)
	}
}

func ask(client http.Client, method, url string) {
	var body io.Reader
	if method == "POST" {
		body = strings.NewReader(strings.Repeat("secret body ", 10_000))
	}
	request, err := http.NewRequest(method, url, body)
	check(err)
	response, err := client.Do(request)
	check(err)
	_, err = io.Copy(io.Discard, response.Body)
	check(err)
	check(response.Body.Close())
	fmt.Println(response.Proto, response.StatusCode)
}

// Asks on many connections at once, on each for its own port.
func sideBySide(count int, address string) {
	var all sync.WaitGroup
	for number := 0; number < count; number++ {
		all.Add(1)
		go func() {
			defer all.Done()
			connection, err := tls.Dial("tcp", address, trusting)
			check(err)
			port := connection.LocalAddr().(*net.TCPAddr).Port
			_, err = fmt.Fprintf(connection, "GET /%d HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", port)
			check(err)
			_, err = io.Copy(io.Discard, connection)
			check(err)
			check(connection.Close())
		}()
	}
	all.Wait()
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
