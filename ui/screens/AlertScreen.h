#pragma once
#include <optional>

#include "content/Alerts.h"
#include "ui/screens/Host.h"

namespace tram::screens {

/// alert.png: an alert as it lies over the page, or as somebody opens it from the status bar. What was begun
/// below stays as it is. One that is taken back or runs out meanwhile says so.
class AlertScreen final : public Screen {
  public:
    AlertScreen(Host& host, std::string key) : host_(host), key_(std::move(key)) {}
    std::string name() const override;
    Page render() override;
    bool back() override;

  private:
    std::optional<content::ShownAlert> alert() const;
    std::optional<content::ShownAlert> next() const;
    void goOn();
    Page over();

    Host& host_;
    std::string key_;
};

/// The alert's words on their ground: danger's red for an emergency; a drill never looks like one.
/// `below` stands under them.
kit::ViewRef alertView(const Host& host, const content::ShownAlert& alert, kit::ViewRef below = nullptr);

/// For the status bar: what is in force, and the way to it; nothing when nothing is.
kit::ViewRef alertChip(Host& host, bool brief);

}  // namespace tram::screens
