#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/Result.h"

namespace tram::content {

struct CsvRow {
    int line = 0;  ///< where it begins, from 1
    std::vector<std::string> fields;
};

struct CsvTable {
    std::vector<std::string> columns;
    std::vector<CsvRow> rows;  ///< as many fields as columns in each
};

struct CsvLimits {
    std::size_t bytes = 4u << 20;
    std::size_t rows = 100'000;
    /// Takes semicolons instead, as spreadsheets write them where the comma is the decimal sign, when the
    /// header has them and no comma.
    bool semicolons = false;
};
constexpr std::size_t kMaxCsvBytes = CsvLimits().bytes;

/// RFC 4180, strictly: UTF-8 (a byte order mark is skipped), comma, LF or CRLF, quotes only around whole
/// fields, as many fields as columns in every row. Malformed with facts line and expected (and how many were
/// `found` where a number of fields was expected); TooLarge.
base::Result<CsvTable> parseCsv(std::string_view bytes, const CsvLimits& limits = {});
/// The same for tables that are too large to be held: the header first (line 1), then row after row, as far
/// as the table is right.
base::Result<void> eachCsvRow(std::string_view bytes, const CsvLimits& limits,
                              const std::function<void(CsvRow)>& take);
/// The same, of a table whose header is exactly `columns`.
base::Result<std::vector<CsvRow>> parseCsv(std::string_view bytes, const std::vector<std::string>& columns);

}  // namespace tram::content
