function detach-device($id) {
    $line = New-Object System.IO.Ports.SerialPort COM1, 115200
    $line.Open()
    $line.WriteLine("win10 detach " + $id)
    $line.Close()
}

detach-device "046d:c31c"
detach-device "046d:c077"
