#include "publish/TableSource.h"

#include <charconv>

#include "content/Csv.h"
#include "form/Form.h"

namespace tram::publish {

namespace {

constexpr content::CsvLimits kLimits{64u << 20, 200'000, true};

bool hasTabs(const content::CsvTable& table) {
    return table.columns.size() == 1 && table.columns[0].find('\t') != std::string::npos;
}

/// As content::parseCsv words it; a number of fields stands before " fields".
std::string csvSlug(const base::Problem& problem) {
    const auto expected = problem.fact("expected");
    if (expected == "UTF-8") return "utf8";
    if (expected == "columns") return "csv_empty";
    if (expected == "closing quote") return "csv_unclosed";
    if (expected == "quotes around the whole field") return "csv_quotes";
    if (expected == "comma or end of line") return "csv_separator";
    return "csv_fields:" + std::string(expected.substr(0, expected.find(' '))) + ':' +
           std::string(problem.fact("found"));
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
    Fault fault{file, 0, "", csvSlug(problem)};
    std::from_chars(line.data(), line.data() + line.size(), fault.number);
    return fault;
}

Fault jsonFault(const std::string& file, std::string_view text, const base::Problem& problem) {
    if (problem.kind == base::ProblemKind::TooLarge) return {file, 0, "", "smaller"};
    const auto fault = form::jsonFault(text, problem);
    return {file, fault.line, "", fault.expected, fault.character};
}

Table readTable(std::string_view csv, const std::string& file, Faults& faults) {
    auto parsed = content::parseCsv(csv, kLimits);
    if (!parsed) return tell(faults, formFault(file, parsed.error())), Table();
    if (hasTabs(*parsed)) return tell(faults, {file, 1, "", "comma"}), Table();
    Table table{std::move(parsed->columns), {}};
    for (auto& row : parsed->rows) table.rows.push_back(rowOf(table.columns, row));
    return table;
}

}  // namespace tram::publish
