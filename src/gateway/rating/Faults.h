#pragma once
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "gateway/storage/Storage.h"
#include "wire/Rating.h"

namespace SQLite {
class Database;
}

namespace tram::gateway {

/// What people said is broken at kiosks, in gateway.db. What they wrote goes when a person closes it.
class Faults {
  public:
    explicit Faults(SharedDatabase& city) : city_(city) {}

    /// Within the transaction that marks its envelope as opened.
    static void add(SQLite::Database& db, const wire::KioskFault& fault, const std::string& kiosk,
                    base::WallTime received);

    struct Row {
        std::int64_t number = 0;
        std::string kiosk, ward, station, part, words;
        base::WallTime at;  ///< to the hour
        bool open = true;
    };
    enum class Which { Open, All };
    base::Result<std::vector<Row>> list(Which which, std::size_t limit);  ///< newest first
    /// NotFound when there is no such open one.
    base::Result<void> close(std::int64_t number, base::WallTime now);

    using Counts = std::array<std::int64_t, wire::kFaultParts>;
    base::Result<Counts> open();  ///< how many of each part

  private:
    SharedDatabase& city_;
};

}  // namespace tram::gateway
