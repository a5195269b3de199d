-- Convert one document after another: one process for many, since starting one costs as much as reading a file.
-- A request is a line "READER WRITER LENGTH" and LENGTH bytes; the answer is a line "ok LENGTH" or "broken LENGTH" and
-- LENGTH bytes. The empty table at the end of pandoc.read is its sandbox: a document can reach neither files nor the network.

local reading = { columns = 72 } -- as on the command line: wider tables get the widths of their columns
local writing = { wrap_text = "preserve", columns = 5 } -- as text.write has it; JSON has no lines

io.stdin:setvbuf("full")
while true do
  local head = io.stdin:read("l")
  if not head then break end
  local reader, writer, length = head:match("^(%S+) (%S+) (%d+)$")
  local data = length == "0" and "" or io.stdin:read(tonumber(length)) -- reading nothing would wait for more
  local done, answer = pcall(function()
    return pandoc.write(pandoc.read(data, reader, reading, {}), writer, writing)
  end)
  answer = done and answer or tostring(answer)
  io.stdout:write(done and "ok " or "broken ", #answer, "\n", answer)
  io.stdout:flush()
  data, answer = nil, nil
end
