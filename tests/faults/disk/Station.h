#pragma once
#include <catch2/catch.hpp>
#include <optional>
#include <string>
#include <vector>

#include "outbox/Outbox.h"
#include "outbox/SqliteOutboxStore.h"
#include "tests/support/FakeClock.h"

namespace tram::faults {

/// Keys as an enrolled kiosk has them, and reports to keep.
class Writer {
  public:
    explicit Writer(const base::Clock& clock) : clock_(clock) {}
    outbox::Outbox outbox(std::shared_ptr<outbox::OutboxStore> store) const {
        return {std::move(store),
                {"0192f3a4-0000-7000-8000-000000000001", "K7M", crypto::SigningKey::generate(),
                 crypto::OpeningKey::generate().sealingKey(), base::SecretBytes(crypto::Bytes(32, 7))},
                clock_};
    }
    base::Result<outbox::Outbox::Kept> keep(outbox::Outbox& outbox, const std::vector<std::size_t>& pictures,
                                            std::size_t text = 200) const {
        outbox::NewAction action;
        action.kind = "feedback.report";
        action.createdAt = base::toRfc3339(clock_.wall());
        action.fieldsJson = base::SecretText(R"({"text":")" + std::string(text, 'x') + R"("})");
        auto code = outbox.freshCode();
        if (!code) return tl::unexpected(code.error());
        action.trackingCode = code->symbols();
        std::vector<base::SecretBytes> bytes;
        for (const auto size : pictures) bytes.emplace_back(crypto::Bytes(size, 1));
        for (const auto& one : bytes) action.attachments.push_back({"image/jpeg", &one});
        return outbox.keep(action);
    }

  private:
    const base::Clock& clock_;
};

std::vector<outbox::Item> everything(outbox::OutboxStore& store);

/// What is wrong with a store, in words; nothing when it is whole: quick_check, every item with its envelope
/// and every attachment it names, each id once.
std::vector<std::string> faultsOf(outbox::SqliteOutboxStore& store);

/// TRAM_SEED, else something new; printed.
std::uint64_t seedOfThisRun();

}  // namespace tram::faults
