#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "gateway/connectors/Notifier.h"
#include "gateway/storage/Storage.h"

namespace tram::gateway {

/// Messages of the pretend city go into a file that can be looked at (`tram-gateway notices list`), each
/// once.
class DemoNotifier final : public Notifier {
  public:
    static constexpr const char* kFile = "demo-notices.db";
    static base::Result<std::unique_ptr<DemoNotifier>> open(const std::filesystem::path& file,
                                                            const base::Clock& clock);

    std::vector<wire::Channel> offers() const override { return {wire::Channel::Sms}; }
    base::Result<void> send(const Notice& notice) override;

    struct Sent {
        std::string at, channel, to, templateId, text;
    };
    base::Result<std::vector<Sent>> sent();

  private:
    DemoNotifier(std::unique_ptr<SharedDatabase> db, const base::Clock& clock)
        : db_(std::move(db)), clock_(clock) {}
    std::unique_ptr<SharedDatabase> db_;
    const base::Clock& clock_;
};

}  // namespace tram::gateway
