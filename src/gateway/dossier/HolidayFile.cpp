#include "gateway/dossier/HolidayFile.h"

#include "base/Files.h"
#include "base/Log.h"

namespace tram::gateway {

using base::Result;

Result<std::unique_ptr<HolidayFile>> HolidayFile::open(std::filesystem::path file) {
    std::unique_ptr<HolidayFile> opened(new HolidayFile(std::move(file)));
    if (auto read = opened->read(); !read) return tl::unexpected(read.error());
    return opened;
}

HolidayFile::Stamp HolidayFile::stamp() const {
    std::error_code none;
    return {std::filesystem::last_write_time(file_, none), std::filesystem::file_size(file_, none)};
}

Result<void> HolidayFile::read() {
    read_ = stamp();
    const auto text = base::readFile(file_, calendar::WorkingDays::kMostBytes);
    if (!text) return tl::unexpected(text.error());
    auto days = calendar::WorkingDays::parse(*text);
    if (!days) {
        auto problem = days.error();
        problem.facts.emplace_back("key", "dossiers.holidays");
        return tl::unexpected(std::move(problem));
    }
    days_ = std::make_shared<const calendar::WorkingDays>(std::move(*days));
    return {};
}

std::shared_ptr<const calendar::WorkingDays> HolidayFile::days() {
    const std::lock_guard lock(mutex_);
    if (stamp() != read_)
        if (auto again = read(); !again) base::log::problem("holidays.not_read", again.error());
    return days_;
}

}  // namespace tram::gateway
