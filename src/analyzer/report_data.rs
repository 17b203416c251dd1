use super::causes::Found; use super::quality::Measure; use super::tables::{Judged,Kpi}; use crate::report::ReportData;
pub(super) fn build(_: &Judged, _: Option<&Kpi>, _: &Found, _: &[Measure], _: &[String], _: &str) -> ReportData { ReportData }
