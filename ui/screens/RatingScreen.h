#pragma once
#include "rating/RatingFlow.h"
#include "ui/screens/Host.h"

namespace tram::screens {

/// What somebody thinks of an office or of this station, a question a page; one function for each situation
/// of its flow.
class RatingScreen final : public Screen {
  public:
    /// `about`: what is rated, in words; `onKept`: for the page below, once it is kept.
    RatingScreen(Host& host, wire::Rating subject, std::string about, kit::Action onKept = nullptr);
    std::string name() const override;
    Page render() override;
    std::optional<assist::Errand> helpedErrand() const override { return assist::Errand::Rating; }
    bool back() override;

    rating::RatingFlow& flow() { return flow_; }  ///< for the tour

  private:
    Page facesPage();
    Page reasonsPage();
    Page wordsPage();
    Page keepingPage();
    Page failedPage(const base::Problem& problem);
    Page donePage(base::WallTime at);
    kit::ViewRef heading(const char* key, int step) const;
    void send();

    Host& host_;
    std::string about_;
    kit::Action onKept_;
    std::shared_ptr<kit::TextEdit> words_;
    rating::RatingFlow flow_;
};

/// Of a dossier whose status may be rated.
void rateDossier(Host& host, const wire::DossierStatus& status, kit::Action onKept);
/// Of a ticket that was read: its page, or that it is another day's.
void rateVisit(Host& host, const wire::VisitToken& ticket);
void rateKiosk(Host& host);

/// The stars as a face and in words, the least first: rating.face.1 …
const char* faceIcon(int stars);

}  // namespace tram::screens
