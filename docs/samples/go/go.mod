module example.com/im-callback-samples

go 1.21
