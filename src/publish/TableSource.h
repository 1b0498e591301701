#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "publish/Row.h"

namespace tram::publish {

/// What a source tells, before anybody knows what it means.
struct Table {
    std::vector<std::string> columns;
    std::vector<Row> rows;
};

/// CSV (RFC 4180, UTF-8). What is wrong with its form is one fault, and then the table is empty.
Table readTable(std::string_view csv, const std::string& file, Faults& faults);

}  // namespace tram::publish
