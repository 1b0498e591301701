#pragma once
#include <atomic>

#include "dossier/DossierFlow.h"
#include "ui/screens/Host.h"

namespace tram::screens {

/// *Tra cứu hồ sơ*: where a dossier stands, by its code or out of the resident's own; one page for each
/// situation of the flow.
class DossierScreen final : public Screen {
  public:
    enum class Begin { Typing, Mine };
    explicit DossierScreen(Host& host, Begin begin = Begin::Typing);
    /// One of those of whoever has logged in.
    static std::unique_ptr<DossierScreen> own(Host& host, const std::string& code);
    /// `code`: scanned or found, asked for at once.
    DossierScreen(Host& host, const std::string& code, base::SecretText slipSecret = base::SecretText());
    std::string name() const override;
    Page render() override;
    std::optional<assist::Errand> helpedErrand() const override { return assist::Errand::LookUp; }
    bool back() override;
    bool scanned(identity::Scanned& read) override;

  private:
    Page typing(const dossier::situation::TypingCode& state);
    Page asking();
    Page found(const dossier::situation::Found& state);
    Page onPhone(const wire::DossierStatus& status);
    Page notFound(const dossier::situation::NotFound& state);
    Page failed(const dossier::situation::AskFailed& state);
    Page listed(const wire::MyDossiers& mine);
    Page noneOfMine();
    Page loginFirst();
    kit::ViewRef mineRow(const wire::DossierStatus& status, std::size_t at);
    kit::ViewRef fieldOf(const dossier::situation::TypingCode& state);
    kit::ButtonOptions toPhone();
    /// Of a finished one: to rate it, that it has been, or how one may.
    kit::ViewRef rate(const wire::DossierStatus& status);
    /// What goes along, to a phone or on paper.
    std::vector<kit::ButtonOptions> along(const wire::DossierStatus& status);
    dossier::DossierFlow::Ask asks();
    void ask();
    void knowResident();
    void askMine();
    kit::ButtonOptions again();

    Host& host_;
    bool direct_;         ///< neither typed nor chosen here: back leads to where it came from
    bool phone_ = false;  ///< the found one's code for a phone stands there
    /// Read in the background when the flow asks; put there before.
    using Resident = std::atomic<std::shared_ptr<const identity::ResidentSession>>;
    std::shared_ptr<Resident> resident_;
    dossier::DossierFlow flow_;
    std::shared_ptr<kit::TextEdit> code_;
};

}  // namespace tram::screens
