#include "content/Csv.h"

#include <utility>

#include "base/VietnameseText.h"

namespace tram::content {

using base::fail;
using base::ProblemKind;

namespace {

tl::unexpected<base::Problem> malformed(int line, std::string expected) {
    return fail(ProblemKind::Malformed, {{"line", std::to_string(line)}, {"expected", std::move(expected)}});
}

class Reader {
  public:
    Reader(std::string_view bytes, char separator) : rest_(bytes), separator_(separator) {}

    bool done() const { return rest_.empty(); }

    base::Result<CsvRow> row() {
        CsvRow row{line_, {}};
        for (;;) {
            auto field = rest_.starts_with('"') ? quoted() : plain();
            if (!field) return tl::unexpected(field.error());
            row.fields.push_back(std::move(*field));
            if (endOfRow()) return row;
            if (!rest_.starts_with(separator_)) return malformed(line_, "comma or end of line");
            rest_.remove_prefix(1);
        }
    }

  private:
    base::Result<std::string> plain() {
        const char ends[] = {separator_, '\r', '\n', '\0'};
        const auto end = std::min(rest_.find_first_of(ends), rest_.size());
        std::string field(rest_.substr(0, end));
        if (field.find('"') != std::string::npos) return malformed(line_, "quotes around the whole field");
        rest_.remove_prefix(end);
        return field;
    }

    base::Result<std::string> quoted() {
        std::string field;
        rest_.remove_prefix(1);
        for (;;) {
            const auto end = rest_.find('"');
            if (end == std::string_view::npos) return malformed(line_, "closing quote");
            field += rest_.substr(0, end);
            for (char c : rest_.substr(0, end)) line_ += c == '\n';
            rest_.remove_prefix(end + 1);
            if (!rest_.starts_with('"')) return field;
            field += '"';
            rest_.remove_prefix(1);
        }
    }

    bool endOfRow() {
        if (rest_.empty()) return true;
        const std::size_t length = rest_.starts_with("\r\n") ? 2 : rest_.starts_with('\n') ? 1 : 0;
        rest_.remove_prefix(length);
        line_ += length > 0;
        return length > 0;
    }

    std::string_view rest_;
    char separator_;
    int line_ = 1;
};

bool isUtf8Text(std::string_view bytes) {
    return bytes.find('\0') == std::string_view::npos && base::isUtf8(bytes);
}

std::string joined(const std::vector<std::string>& columns) {
    std::string text;
    for (const auto& column : columns) text += (text.empty() ? "" : ",") + column;
    return text;
}

/// Where what is not UTF-8 begins: what people save from a spreadsheet as Windows-1258 is found by its line.
int firstForeignLine(std::string_view bytes) {
    int line = 1;
    for (;;) {
        const auto end = bytes.find('\n');
        if (!isUtf8Text(bytes.substr(0, end)) || end == bytes.npos) return line;
        bytes.remove_prefix(end + 1);
        ++line;
    }
}

char separatorOf(std::string_view bytes) {
    const auto header = bytes.substr(0, bytes.find('\n'));
    return header.find(';') != header.npos && header.find(',') == header.npos ? ';' : ',';
}

base::Result<void> readRows(Reader& reader, std::size_t columns, std::size_t most,
                            const std::function<void(CsvRow)>& take) {
    for (std::size_t rows = 0; !reader.done(); ++rows) {
        auto row = reader.row();
        if (!row) return tl::unexpected(row.error());
        if (row->fields.size() != columns) {
            auto wrong = malformed(row->line, std::to_string(columns) + " fields");
            wrong.value().facts.emplace_back("found", std::to_string(row->fields.size()));
            return wrong;
        }
        if (rows == most) return fail(ProblemKind::TooLarge);
        take(std::move(*row));
    }
    return {};
}

base::Result<CsvTable> read(std::string_view bytes, const CsvLimits& limits,
                            const std::vector<std::string>* columns) {
    CsvTable table;
    bool begun = false;
    const auto done = eachCsvRow(bytes, limits, [&](CsvRow row) {
        if (std::exchange(begun, true))
            table.rows.push_back(std::move(row));
        else
            table.columns = std::move(row.fields);
    });
    if (columns && begun && table.columns != *columns) return malformed(1, joined(*columns));
    if (!done) return tl::unexpected(done.error());
    return table;
}

}  // namespace

base::Result<void> eachCsvRow(std::string_view bytes, const CsvLimits& limits,
                              const std::function<void(CsvRow)>& take) {
    if (bytes.size() > limits.bytes) return fail(ProblemKind::TooLarge);
    if (!isUtf8Text(bytes)) return malformed(firstForeignLine(bytes), "UTF-8");
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    Reader reader(bytes, limits.semicolons ? separatorOf(bytes) : ',');
    auto header = reader.done() ? malformed(1, "columns") : reader.row();
    if (!header) return tl::unexpected(header.error());
    const auto columns = header->fields.size();
    take(std::move(*header));
    return readRows(reader, columns, limits.rows, take);
}

base::Result<CsvTable> parseCsv(std::string_view bytes, const CsvLimits& limits) {
    return read(bytes, limits, nullptr);
}

base::Result<std::vector<CsvRow>> parseCsv(std::string_view bytes, const std::vector<std::string>& columns) {
    return read(bytes, {}, &columns).map([](CsvTable table) { return std::move(table.rows); });
}

}  // namespace tram::content
