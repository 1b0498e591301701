#pragma once
#include "account/ServicesFlow.h"
#include "ui/screens/Host.h"

namespace tram::screens {

/// *Dịch vụ của tôi*: which tiles come first on home, and in which order. Chosen by pressing, ordered by
/// *Lên* and *Xuống*: nothing is dragged.
class MyServicesScreen final : public Screen {
  public:
    explicit MyServicesScreen(Host& host);
    std::string name() const override;
    Page render() override;
    std::optional<assist::Errand> helpedErrand() const override { return assist::Errand::Account; }

  private:
    kit::ViewRef chosenRow(const std::string& id, std::size_t at);
    kit::ViewRef otherRow(const std::string& id);
    Page editing(bool saved, bool changed);
    kit::ViewRef orderCard(const char* heading, const std::vector<std::string>& ids);
    Page readOnly();
    Page elsewhere(const wire::MyServices& theirs);
    Page failed(const account::choosing::Failed& failed);
    Page over();
    Page busy(const char* words);
    void home(const std::vector<std::string>& order);

    Host& host_;
    account::ServicesFlow flow_;
};

/// Home's own tiles, by id.
std::vector<std::string> homeServiceIds();

}  // namespace tram::screens
