#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "base/Scheduler.h"
#include "device/KioskConfig.h"
#include "device/Printer.h"

namespace tram::device {

/// Prints through tram-print, a fresh process for each page: neither CUPS's library nor what it waits for is
/// in the kiosk, and when the kiosk's process ends in whatever way, the page is seen to (Printer::leave). A
/// tram-print that is not there, dies or talks nonsense is Failed with PrinterStopped.
class CupsPrinter final : public Printer {
  public:
    static constexpr base::Millis kPatience{8000};

    /// `program`: tram-print. `patience`: until what may stop a page is called its trouble.
    CupsPrinter(std::filesystem::path program, PrinterConfig config, base::Scheduler& scheduler,
                base::Millis patience = kPatience);
    ~CupsPrinter() override;

    void print(paper::Pdf page, Told told) override;
    bool mayRepeat() const override;
    void again() override;
    void leave() override;

    /// The queue as it is now; for whoever sets a station up. PrinterMissing, PrintingAway; HelperFailed.
    struct Look {
        std::optional<base::ProblemKind> trouble;
        std::vector<std::string> reasons;  ///< in CUPS's own words
    };
    static base::Result<Look> look(const std::filesystem::path& program, const PrinterConfig& config);

  private:
    class Errand;  ///< one page on its way: a process, and the thread that listens to it
    void start();

    std::filesystem::path program_;
    PrinterConfig config_;
    base::Scheduler& scheduler_;
    base::Millis patience_;
    paper::Pdf page_;
    Told told_;
    PrintState state_;
    bool repeated_ = false;
    std::unique_ptr<Errand> errand_;
    base::Lifetime lifetime_;
};

}  // namespace tram::device
