#pragma once
#include "gateway/source/SourceLine.h"
#include "gateway/turn/TurnMapping.h"

namespace tram::gateway {

/// A city's queue that speaks JSON over HTTP, as its mapping file says.
class HttpTurns final : public TurnSource {
  public:
    explicit HttpTurns(TurnMapping mapping) : mapping_(std::move(mapping)) {}

    base::Result<std::optional<wire::TurnBoard>> board(const std::string& office) override;
    base::Result<wire::TurnAnswer> take(const TurnAsked& asked) override;
    base::Result<Now> now(const wire::TurnTicket& ticket) override;
    base::Result<std::string> request(const base::Uuid& id, const wire::AppointmentRequest& request) override;
    base::Result<AppointmentStanding> standing(const std::string& reference) override;
    base::Result<void> cancel(const std::string& reference) override;
    std::string sourceName() const override { return mapping_.name; }

  private:
    const TurnMapping mapping_;
    SourceLine line_{mapping_};
};

}  // namespace tram::gateway
