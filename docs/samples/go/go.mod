module example.com/imcallback

go 1.21
