#pragma once
#include <memory>

#include "Fixed.h"
#include "Scratch.h"
#include "gateway/http/City.h"
#include "gateway/storage/Sql.h"

/// Stands still: what a corpus holds is always in force.
class StoppedClock final : public tram::base::Clock {
  public:
    tram::base::WallTime wall() const override { return fixed::now(); }
    tram::base::BootTime boot() const override { return {"boot-1", tram::base::Millis(1000)}; }
};

/// The city's side without its door, one kiosk enrolled under the fixed key. Built anew every so often: what
/// is accepted stays for ever, and memory is not for ever.
class PretendCity {
  public:
    PretendCity() { build(); }
    tram::gateway::City& city() { return *city_; }
    const tram::gateway::Kiosk& kiosk() const { return *kiosk_; }
    void rebuildNowAndThen() {
        if (++inputs_ % 3000 == 0) build();
    }

    static tram::gateway::GatewayConfig config(const std::filesystem::path& dir) {
        tram::gateway::GatewayConfig config;
        config.dataDir = dir;
        config.shareDir = TRAM_SHARE_DIR;
        return config;
    }
    static void enrol(tram::gateway::SharedDatabase& db) {
        const auto done = db.write([](SQLite::Database& raw) -> tram::base::Result<void> {
            tram::gateway::sql::exec(raw,
                                     "INSERT INTO kiosks (id, key, prefix, ward, station, enrolled_at) "
                                     "VALUES (?, ?, ?, '27154', 'x', 0)",
                                     fixed::kKiosk, fixed::signing().verifyKey().text(), fixed::kPrefix);
            return {};
        });
        must(done.has_value(), "a kiosk can be enrolled");
    }

  private:
    void build() {
        city_.reset();
        scratch_ = std::make_unique<Scratch>();
        auto opened = tram::gateway::City::open(config(scratch_->path()), clock_);
        must(opened.has_value(), "a city can be made");
        city_ = std::move(*opened);
        enrol(*city_->storage.city);
        kiosk_ = **city_->kiosks.find(fixed::kKiosk);
    }

    StoppedClock clock_;
    std::unique_ptr<Scratch> scratch_;
    std::unique_ptr<tram::gateway::City> city_;
    std::optional<tram::gateway::Kiosk> kiosk_;
    unsigned inputs_ = 0;
};
