#pragma once
#include "guide/GuideFlow.h"
#include "ui/screens/Host.h"

namespace tram::screens {

/// A guide, a step a page; one function for each situation of its flow.
class GuideScreen final : public Screen {
  public:
    GuideScreen(Host& host, guide::GuideFlow::Settings settings);
    std::string name() const override;
    Page render() override;
    std::optional<assist::Errand> helpedErrand() const override { return assist::Errand::Guide; }
    bool back() override;

    guide::GuideFlow& flow() { return flow_; }  ///< for the tour

  private:
    // GuideStepPage
    Page choosePage();
    Page stepPage(const form::GuideStep& step);
    kit::ViewRef chips(const form::GuideStep& step);
    kit::Views phones();
    kit::ViewRef look(const form::GuideStep& step) const;
    kit::ViewRef code(const form::GuideStep& step) const;
    kit::ViewRef official(const form::GuideStep& step) const;
    kit::ViewRef told(const form::GuideStep& step) const;
    kit::ViewRef besideLook(const form::GuideStep& step, kit::ViewRef look, kit::Views after);
    kit::Views ways(const form::GuideStep& step);
    Page wifiPage();
    // GuideHelpPages
    Page troublesPage();
    Page troublePage(const form::GuideTrouble& trouble);
    Page linesPage(const std::string& page, const std::string& icon, const std::string& title,
                   const std::vector<form::Bilingual>& lines, const std::string& what = "");
    Page noPhonePage();
    kit::ViewRef wayRow(const std::string& id, const std::string& icon, kit::TilePair pair,
                        const std::string& title, kit::Action onPress) const;
    // GuideEndPages
    Page endPage();
    Page donePage(const form::GuideOutcome& outcome);

    kit::ViewRef heading(const std::string& title) const;
    kit::ButtonOptions troubleButton(const form::GuideStep& step);
    kit::ButtonOptions resumeButton();
    bool installs() const { return flow_.guide().app.has_value(); }
    const std::string& words(const form::Bilingual& text) const { return text.in(host_.session().language); }

    Host& host_;
    guide::GuideFlow flow_;
};

/// From an entry's guide; one that cannot be read says so as any problem.
void openGuide(Host& host, const std::string& guide, const std::string& json);

}  // namespace tram::screens
