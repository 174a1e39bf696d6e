module example.com/im-callback-kit

go 1.21
