#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/Result.h"

namespace tram::content {

struct CsvRow {
    int line = 0;  ///< where it begins, from 1
    std::vector<std::string> fields;
};

/// RFC 4180, strictly: UTF-8 (a byte order mark is skipped), comma, LF or CRLF, quotes only around whole
/// fields, as many fields as columns in every row. The header must be exactly `columns`. Malformed with facts
/// line and expected; TooLarge beyond kMaxCsvBytes or kMaxCsvRows.
constexpr std::size_t kMaxCsvBytes = 4u << 20;
constexpr std::size_t kMaxCsvRows = 100'000;
base::Result<std::vector<CsvRow>> parseCsv(std::string_view bytes, const std::vector<std::string>& columns);

}  // namespace tram::content
