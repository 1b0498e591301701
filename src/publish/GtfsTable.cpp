#include "publish/GtfsTable.h"

#include <algorithm>
#include <charconv>

#include "content/Csv.h"
#include "publish/TableSource.h"

namespace tram::publish {

namespace {

/// A real feed's stop_times.txt of 500,000 rows has 25 MB.
constexpr content::CsvLimits kLimits{256u << 20, 3'000'000, true};
constexpr int kMostHours = 99;

std::optional<int> digitsOf(std::string_view text, std::size_t least, std::size_t most) {
    int number = 0;
    if (text.size() < least || text.size() > most ||
        !std::ranges::all_of(text, [](char c) { return '0' <= c && c <= '9'; }))
        return {};
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

/// "5:04:00", "05:04:00", "25:10:00".
std::optional<int> secondsOf(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == text.npos || text.size() != colon + 6 || text[colon + 3] != ':') return {};
    const auto hours = digitsOf(text.substr(0, colon), 1, 2);
    const auto minutes = digitsOf(text.substr(colon + 1, 2), 2, 2);
    const auto seconds = digitsOf(text.substr(colon + 4, 2), 2, 2);
    if (!hours || !minutes || !seconds || *hours > kMostHours || *minutes > 59 || *seconds > 59) return {};
    return (*hours * 60 + *minutes) * 60 + *seconds;
}

bool tellMissing(const std::vector<std::string>& has, std::initializer_list<const char*> needs,
                 const std::string& file, Faults& faults) {
    bool whole = true;
    for (const char* column : needs) {
        if (std::ranges::count(has, column) == 1) continue;
        tell(faults, {file, 1, column, std::ranges::count(has, column) ? "column_once" : "column"});
        whole = false;
    }
    return whole;
}

}  // namespace

const std::string& GtfsRow::at(std::string_view column) const {
    static const std::string kNone;
    const auto found = std::ranges::find(columns_, column);
    return found == columns_.end() ? kNone : cells_[static_cast<std::size_t>(found - columns_.begin())];
}

void GtfsRow::refuse(std::string_view column, const char* expected) const {
    tell(faults_, {file_, line_, std::string(column), expected});
}

const std::string& GtfsRow::needed(std::string_view column) const {
    const auto& cell = at(column);
    if (cell.empty()) refuse(column, "required");
    return cell;
}

std::optional<int> GtfsRow::number(std::string_view column, int most) const {
    const auto found = digitsOf(needed(column), 1, 9);
    if (found && *found <= most) return found;
    if (!at(column).empty()) refuse(column, "number");
    return {};
}

std::optional<int> GtfsRow::time(std::string_view column) const {
    const auto found = secondsOf(at(column));
    if (!found) refuse(column, at(column).empty() ? "required" : "time");
    return found;
}

base::Result<void> GtfsFolder::read(const char* name, std::initializer_list<const char*> needs,
                                    const std::function<void(const GtfsRow&)>& take) const {
    const auto bytes = files(name);
    if (!bytes) return tl::unexpected(bytes.error());
    const std::string file = feed + '/' + name;
    std::vector<std::string> columns;
    bool whole = false;
    const auto done = content::eachCsvRow(*bytes, kLimits, [&](content::CsvRow row) {
        if (columns.empty()) {
            columns = std::move(row.fields);
            whole = tellMissing(columns, needs, file, faults);
        } else if (whole && faults.size() < kMaxFaults) {
            take({row.line, columns, row.fields, file, faults});
        }
    });
    if (!done) tell(faults, formFault(file, done.error()));
    return {};
}

base::Result<bool> GtfsFolder::readOptional(const char* name, std::initializer_list<const char*> needs,
                                            const std::function<void(const GtfsRow&)>& take) const {
    const auto done = read(name, needs, take);
    if (!done && done.error().kind == base::ProblemKind::FileMissing) return false;
    return done.map([] { return true; });
}

}  // namespace tram::publish
