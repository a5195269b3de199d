-- Turn one document after another into pandoc's JSON: one process for many files, since starting one costs as much as reading.
-- A request is a line "READER LENGTH" and LENGTH bytes; the answer is a line "ok LENGTH" or "broken LENGTH" and LENGTH bytes.
-- The empty table at the end of pandoc.read is its sandbox: a document can reach neither files nor the network.

io.stdin:setvbuf("full")
while true do
  local head = io.stdin:read("l")
  if not head then break end
  local reader, length = head:match("^(%S+) (%d+)$")
  local data = length == "0" and "" or io.stdin:read(tonumber(length)) -- reading nothing would wait for more
  local read, answer = pcall(function()
    return pandoc.write(pandoc.read(data, reader, {}, {}), "json")
  end)
  answer = read and answer or tostring(answer)
  io.stdout:write(read and "ok " or "broken ", #answer, "\n", answer)
  io.stdout:flush()
  data, answer = nil, nil
end
