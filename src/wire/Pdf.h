#pragma once
#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>

namespace tram::wire {

/// Papers of a report travel as one attachment of this kind beside its pictures ("image/jpeg").
constexpr std::string_view kPdfMediaType = "application/pdf";
constexpr std::string_view kJpegMediaType = "image/jpeg";
constexpr std::size_t kMaxPdfBytes = 24u << 20;

/// Begins as a PDF does (ISO 32000-1, 7.5.2) and is not too large. What is inside is nobody's word: who opens
/// it does so as one opens what came from strangers.
inline bool isPdf(std::span<const unsigned char> bytes) {
    constexpr std::string_view kBegins = "%PDF-";
    return bytes.size() > kBegins.size() && bytes.size() <= kMaxPdfBytes &&
           std::equal(kBegins.begin(), kBegins.end(), bytes.begin());
}

}  // namespace tram::wire
