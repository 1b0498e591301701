#pragma once
#include <optional>

#include "content/Alerts.h"
#include "ui/screens/Host.h"

namespace tram::screens {

/// alert.png: an alert as it lies over the page, or as somebody opens it from the status bar. What was begun
/// below stays as it is. One that is taken back or runs out meanwhile says so.
class AlertScreen final : public Screen {
  public:
    enum class Opened { ByItself, ByHand };
    AlertScreen(Host& host, std::string key, Opened opened)
        : host_(host), key_(std::move(key)), opened_(opened) {}
    const std::string& key() const { return key_; }
    std::string name() const override;
    Page render() override;
    bool standsOverLock() const override { return true; }
    bool back() override;

  private:
    std::optional<content::ShownAlert> alert() const;
    std::optional<content::ShownAlert> next() const;
    void goOn();
    Page over();

    Host& host_;
    std::string key_;
    Opened opened_;
    std::string headline_ = {};  ///< of the one shown last, for when it is over
    /// Alerts read here before this one. Each is a page of its own: not scrolled as the last one was, and
    /// seen before it can be read.
    int turn_ = 0;
};

/// The alert's words on their ground: danger's red for an emergency; a drill never looks like one.
/// `below` stands under them and does not scroll away.
kit::ViewRef alertView(const Host& host, const content::ShownAlert& alert, const std::string& id,
                       kit::ViewRef below = nullptr);

/// For the status bar: what is in force, and the way to it; nothing when nothing is.
kit::ViewRef alertChip(Host& host, bool brief);

}  // namespace tram::screens
