#pragma once
#include <vector>

#include "base/Result.h"
#include "paper/Pdf.h"

namespace tram::paper {

constexpr std::size_t kMostScannedPages = 60;
constexpr std::size_t kMostScannedBytes = 24u << 20;  ///< of the PDF

struct ScannedPage {
    const base::SecretBytes* jpeg = nullptr;
    int quarters = 0;  ///< turned clockwise on its page, 0…3
};

/// Binds pages into one PDF in memory. Their bytes go in as they are, nothing is decoded or turned; each page
/// is as large as its picture's resolution says (JFIF), within A4, or fills an A4 page. No title, no author,
/// no date: the same pages make the same bytes. TooLarge with "key" "pages" or "bytes" and what is "expected"
/// at most; Malformed with the page's number from 1 on as "line": no JPEG; or none at all.
base::Result<Pdf> bindPages(const std::vector<ScannedPage>& pages);

}  // namespace tram::paper
