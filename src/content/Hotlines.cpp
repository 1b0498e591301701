#include "content/Hotlines.h"

#include "base/Files.h"
#include "content/Csv.h"

namespace tram::content {

namespace {

bool isNumber(std::string_view text) {
    return text.size() >= 3 && text.size() <= 12 &&
           text.find_first_not_of("0123456789") == std::string_view::npos;
}

const char* wrongWith(const std::vector<std::string>& fields) {
    if (!isNumber(fields[0])) return "a number of 3–12 digits";
    if (fields[1].empty() || fields[2].empty()) return "a label in both languages";
    if (fields[3] != "danger" && fields[3] != "service") return "danger or service";
    return nullptr;
}

base::Result<std::vector<Hotline>> read(std::string_view csv) {
    const auto rows = parseCsv(csv, {"number", "vi", "en", "kind"});
    if (!rows) return tl::unexpected(rows.error());
    std::vector<Hotline> hotlines;
    for (const auto& row : *rows) {
        if (const char* expected = wrongWith(row.fields))
            return base::fail(base::ProblemKind::Malformed,
                              {{"line", std::to_string(row.line)}, {"expected", expected}});
        hotlines.push_back({row.fields[0], row.fields[1], row.fields[2], row.fields[3] == "danger"});
    }
    return hotlines;
}

}  // namespace

base::Result<std::vector<Hotline>> loadHotlines(const std::filesystem::path& dir) {
    const auto path = dir / "hotlines.csv";
    const auto bytes = base::readFile(path, kMaxCsvBytes);
    if (!bytes) return tl::unexpected(bytes.error());
    auto hotlines = read(*bytes);
    if (!hotlines) hotlines.error().facts.emplace_back("path", path.string());
    return hotlines;
}

}  // namespace tram::content
