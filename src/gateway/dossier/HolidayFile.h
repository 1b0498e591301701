#pragma once
#include <filesystem>
#include <memory>
#include <mutex>

#include "calendar/WorkingDays.h"

namespace tram::gateway {

/// The operator's table of holidays, read again once it has changed. One that cannot be read then is told in
/// the log, and the one before it holds. Any thread.
class HolidayFile {
  public:
    static base::Result<std::unique_ptr<HolidayFile>> open(std::filesystem::path file);
    std::shared_ptr<const calendar::WorkingDays> days();

  private:
    using Stamp = std::pair<std::filesystem::file_time_type, std::uintmax_t>;
    explicit HolidayFile(std::filesystem::path file) : file_(std::move(file)) {}
    Stamp stamp() const;
    base::Result<void> read();

    const std::filesystem::path file_;
    std::mutex mutex_;
    Stamp read_{};
    std::shared_ptr<const calendar::WorkingDays> days_;
};

}  // namespace tram::gateway
