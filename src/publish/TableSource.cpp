#include "publish/TableSource.h"

#include <charconv>

#include "content/Csv.h"

namespace tram::publish {

namespace {

constexpr content::CsvLimits kLimits{64u << 20, 200'000};

/// What spreadsheets write where the comma is the decimal sign.
bool hasOtherSeparator(const content::CsvTable& table) {
    return table.columns.size() == 1 && table.columns[0].find_first_of(";\t") != std::string::npos;
}

Row rowOf(const std::vector<std::string>& columns, content::CsvRow& from) {
    Row row{from.line, {}};
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (!from.fields[i].empty()) row.cells.emplace(columns[i], std::move(from.fields[i]));
    return row;
}

}  // namespace

void Table::tellPlaces(Faults& faults, std::size_t from) const {
    for (auto at = from; at < faults.size(); ++at) {
        auto& fault = faults[at];
        if (const auto line = ownLines.find(fault.column); line != ownLines.end())
            fault.number = line->second;
        if (const auto own = ownNames.find(fault.column); own != ownNames.end()) fault.column = own->second;
    }
}

Fault formFault(const std::string& file, const base::Problem& problem) {
    if (problem.kind == base::ProblemKind::TooLarge) return {file, 0, "", "smaller"};
    const auto line = problem.fact("line");
    Fault fault{file, 0, "", problem.fact("expected") == "UTF-8" ? "utf8" : "csv"};
    std::from_chars(line.data(), line.data() + line.size(), fault.number);
    return fault;
}

Table readTable(std::string_view csv, const std::string& file, Faults& faults) {
    auto parsed = content::parseCsv(csv, kLimits);
    if (!parsed) return tell(faults, formFault(file, parsed.error())), Table();
    if (hasOtherSeparator(*parsed)) return tell(faults, {file, 1, "", "comma"}), Table();
    Table table{std::move(parsed->columns), {}};
    for (auto& row : parsed->rows) table.rows.push_back(rowOf(table.columns, row));
    return table;
}

}  // namespace tram::publish
