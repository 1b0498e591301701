#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/Problem.h"
#include "publish/Row.h"

namespace tram::publish {

/// What a source tells, before anybody knows what it means.
struct Table {
    std::vector<std::string> columns;
    std::vector<Row> rows;
    /// Columns that the source calls by names of its own: faults are told by them.
    std::map<std::string, std::string> ownNames = {};
    /// Where such a column stands, of a source that has it once.
    std::map<std::string, int> ownLines = {};
    /// Faults from the one numbered `from` on, told by the source's own names and lines.
    void tellPlaces(Faults& faults, std::size_t from = 0) const;
};

/// CSV (RFC 4180, UTF-8; semicolons instead when the header has them and no comma). What is wrong with its
/// form is one fault, and then the table is empty.
Table readTable(std::string_view csv, const std::string& file, Faults& faults);

/// What content::parseCsv refused.
Fault formFault(const std::string& file, const base::Problem& problem);

/// What strict::parseJson refused, by line and character.
Fault jsonFault(const std::string& file, std::string_view text, const base::Problem& problem);

}  // namespace tram::publish
