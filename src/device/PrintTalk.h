#pragma once
#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "device/Printer.h"

namespace tram::device {

/// What kiosk and tram-print say to each other over one socket, which is its standard input and output. First
/// the document's size (eight bytes, little endian) and the document. Then tram-print says each state as a
/// line, "STAGE KIND", and the last is done or failed. The kiosk's end of the socket is the session: when it
/// closes (the page is left, the process ends in whatever way), tram-print cleans up and ends.
constexpr std::string_view kPrintCommand = "print";  ///< print SOCKET QUEUE MEDIA PATIENCE_MS
constexpr std::string_view kLookCommand =
    "look";  ///< look SOCKET QUEUE: a state, then reasons, each in a line
constexpr std::string_view kStandardSocket = "-";
constexpr std::size_t kMaxPdfBytes = 16U << 20;

using PdfSize = std::array<unsigned char, 8>;
inline PdfSize pdfSize(std::uint64_t size) {
    PdfSize bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<unsigned char>(size >> (8 * i));
    return bytes;
}
inline std::uint64_t pdfSize(const PdfSize& bytes) {
    std::uint64_t size = 0;
    for (std::size_t i = bytes.size(); i-- > 0;) size = size << 8 | bytes[i];
    return size;
}

constexpr std::string_view kStageNames[] = {"sending", "spooled", "printing", "done", "failed"};
constexpr base::ProblemKind kPrintTroubles[] = {
    base::ProblemKind::PrinterPaperOut, base::ProblemKind::PrinterJam,     base::ProblemKind::PrinterOpen,
    base::ProblemKind::PrinterOffline,  base::ProblemKind::PrinterMissing, base::ProblemKind::PrinterInkOut,
    base::ProblemKind::PrinterStopped,  base::ProblemKind::PrintingAway};

inline std::string printLine(const PrintState& state) {
    const auto trouble = state.trouble ? name(*state.trouble) : std::string_view("-");
    return std::string(kStageNames[static_cast<std::size_t>(state.stage)]) + " " + std::string(trouble) +
           "\n";
}
/// Nothing for what is none, without its end of line.
inline std::optional<PrintState> printState(std::string_view line) {
    for (std::size_t i = 0; i < std::size(kStageNames); ++i) {
        const auto stage = static_cast<PrintState::Stage>(i);
        if (printLine({stage, {}}) == std::string(line) + "\n") return PrintState{stage, {}};
        for (const auto kind : kPrintTroubles)
            if (printLine({stage, kind}) == std::string(line) + "\n") return PrintState{stage, kind};
    }
    return std::nullopt;
}

}  // namespace tram::device
