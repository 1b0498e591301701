#pragma once
#include "catalogue/Values.h"
#include "ui/screens/CityParts.h"
#include "ui/screens/TurnScreen.h"

namespace tram::screens {

/// One thing of a kind, by its kind's sections; what is to go along to a phone as a QR code beside it.
class CityEntryScreen final : public Screen {
  public:
    CityEntryScreen(Host& host, CityRef city, content::City::Item item);
    std::string name() const override { return "city_entry"; }
    Page render() override;

  private:
    kit::ViewRef head() const;
    bool hasChecklist() const;
    kit::ViewRef openBanner() const;
    kit::ViewRef ratingLine() const;
    void askRating();
    kit::ViewRef wayThere() const;
    kit::ViewRef section(const catalogue::Section& section) const;
    kit::Views sections() const;
    kit::Views codes() const;
    /// What can be done about a procedure: CityProcedureParts.
    kit::Views procedureWays();
    kit::ViewRef officeHere();
    kit::Views turnWays();
    void askOffice();
    bool servedHere() const;
    kit::ViewRef refused(const catalogue::Field& field) const;
    TurnErrand errand() const;
    kit::ViewRef directions() const;
    kit::ViewRef takeAlong() const;
    /// `note`: what it is good for; where nothing is said, the host that it leads to.
    kit::ViewRef code(const std::string& link, const std::string& words, const std::string& id,
                      const std::string& note = "") const;

    Host& host_;
    CityRef city_;  ///< what it came from stays open as long as it is shown
    content::City::Item item_;
    const catalogue::Kind& kind_;
    std::vector<catalogue::FieldValue> values_;
    /// What this ward's queue offers, once it has been asked; a problem when it could not be.
    std::optional<base::Result<wire::TurnBoard>> board_;
    std::optional<wire::OfficeRating> rating_;
    base::Lifetime lifetime_;
};

}  // namespace tram::screens
