#pragma once
#include <functional>
#include <optional>

#include "base/Problem.h"
#include "paper/Pdf.h"

namespace tram::device {

/// How far a page has come.
struct PrintState {
    enum class Stage {
        Sending,   ///< on its way to the print server
        Spooled,   ///< the server has it; the printer does not yet
        Printing,  ///< going to the printer
        Done,      ///< the printer has taken all of it
        Failed     ///< it will not come, and nothing of it waits (but at a CUPS that is away); `trouble` says
                   ///< why
    };
    Stage stage = Stage::Sending;
    /// PrinterPaperOut, PrinterJam, PrinterOpen, PrinterOffline, PrinterMissing, PrinterInkOut,
    /// PrinterStopped, PrintingAway. With another stage than Failed: it holds the page up, which goes on when
    /// somebody has seen to it; then the same stage is told without it.
    std::optional<base::ProblemKind> trouble;

    bool over() const { return stage == Stage::Done || stage == Stage::Failed; }
    bool operator==(const PrintState&) const = default;
};

/// Puts pages on paper, without any dialog (device/CupsPrinter.h; a fake in tests/support/FakePrinter.h). One
/// page at a time. UI thread only. A station without a printer has none of these.
class Printer {
  public:
    using Told = std::function<void(const PrintState&)>;  ///< on the UI thread, whenever it changes

    virtual ~Printer() = default;
    /// Takes the place of the page before, as leave() does.
    virtual void print(paper::Pdf page, Told told) = 0;
    /// Whether again() does anything: the page is over, well or not, and was not printed a second time yet.
    virtual bool mayRepeat() const = 0;
    /// The same page once more: it came out badly, or not at all.
    virtual void again() = 0;
    /// For who leaves the page. It is forgotten, and nothing more is told. What is being printed comes out;
    /// what waits (for its turn, for paper, for a hand) never will: it would come out for whoever stands here
    /// then.
    virtual void leave() = 0;
};

}  // namespace tram::device
