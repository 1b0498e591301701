#pragma once
#include "rating/FaultFlow.h"
#include "ui/screens/Host.h"

namespace tram::screens {

/// *Đánh giá*: what can be rated here, and a fault of this station.
class RatingsScreen final : public Screen {
  public:
    explicit RatingsScreen(Host& host) : host_(host) {}
    std::string name() const override { return dossier_ ? "ratings_dossier" : "ratings"; }
    Page render() override;
    bool back() override;

  private:
    Page dossierPage();
    kit::ViewRef way(const std::string& id, const char* icon, kit::TilePair pair, kit::Action onPress) const;

    Host& host_;
    bool dossier_ = false;  ///< what is needed to rate one
};

/// A ticket that cannot be rated today: another day's.
class VisitDayScreen final : public Screen {
  public:
    VisitDayScreen(Host& host, std::chrono::sys_days day) : host_(host), day_(day) {}
    std::string name() const override { return "visit_other_day"; }
    Page render() override;

  private:
    Host& host_;
    std::chrono::sys_days day_;
};

/// *Báo trạm hỏng*.
class FaultScreen final : public Screen {
  public:
    explicit FaultScreen(Host& host);
    std::string name() const override;
    Page render() override;
    std::optional<assist::Errand> helpedErrand() const override { return assist::Errand::Fault; }
    bool back() override;

  private:
    Page partsPage();
    Page wordsPage();
    Page failedPage(const base::Problem& problem);
    Page donePage();
    void send();

    Host& host_;
    std::shared_ptr<kit::TextEdit> words_;
    rating::FaultFlow flow_;
};

}  // namespace tram::screens
