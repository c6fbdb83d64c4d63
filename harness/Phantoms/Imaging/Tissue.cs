namespace Touchstone.Harness.Phantoms;

/// <summary>What a voxel of a phantom is made of. Structures are made of one or several tissues.</summary>
public enum Tissue : byte
{
    /// <summary>Air around the patient.</summary>
    Air,

    /// <summary>Table top.</summary>
    Table,

    /// <summary>Skin.</summary>
    Skin,

    /// <summary>Fat under the skin and between heart and lungs.</summary>
    Fat,

    /// <summary>Fat between the organs of the abdomen: what organs are drawn into.</summary>
    VisceralFat,

    /// <summary>Skeletal muscle and the diaphragm.</summary>
    Muscle,

    /// <summary>Soft tissue that no structure claims, such as the uterus.</summary>
    SoftTissue,

    /// <summary>Cortical bone.</summary>
    CorticalBone,

    /// <summary>Spongy bone.</summary>
    SpongyBone,

    /// <summary>Intervertebral disc.</summary>
    Disc,

    /// <summary>Spinal canal.</summary>
    SpinalCanal,

    /// <summary>Heart: muscle and blood.</summary>
    Heart,

    /// <summary>Iliac arteries and veins, which no structure claims.</summary>
    IliacVessel,

    /// <summary>Aorta.</summary>
    Aorta,

    /// <summary>Inferior vena cava.</summary>
    Postcava,

    /// <summary>Portal and splenic vein.</summary>
    PortalVein,

    /// <summary>Liver.</summary>
    Liver,

    /// <summary>Gall bladder.</summary>
    GallBladder,

    /// <summary>Spleen.</summary>
    Spleen,

    /// <summary>Pancreas.</summary>
    Pancreas,

    /// <summary>Left kidney.</summary>
    KidneyLeft,

    /// <summary>Right kidney.</summary>
    KidneyRight,

    /// <summary>Left adrenal gland.</summary>
    AdrenalLeft,

    /// <summary>Right adrenal gland.</summary>
    AdrenalRight,

    /// <summary>Wall of the stomach.</summary>
    StomachWall,

    /// <summary>Fluid and food in the stomach.</summary>
    StomachFluid,

    /// <summary>Gas in the stomach.</summary>
    StomachGas,

    /// <summary>Duodenum.</summary>
    Duodenum,

    /// <summary>Oesophagus.</summary>
    Esophagus,

    /// <summary>Wall of the colon.</summary>
    ColonWall,

    /// <summary>Stool.</summary>
    Stool,

    /// <summary>Gas in the colon.</summary>
    ColonGas,

    /// <summary>Small bowel.</summary>
    Intestine,

    /// <summary>Rectum.</summary>
    Rectum,

    /// <summary>Urinary bladder.</summary>
    Bladder,

    /// <summary>Prostate.</summary>
    Prostate,

    /// <summary>Left lung.</summary>
    LungLeft,

    /// <summary>Right lung.</summary>
    LungRight,

    /// <summary>Shell of the left femur.</summary>
    FemurLeft,

    /// <summary>Marrow of the left femur.</summary>
    FemurLeftMarrow,

    /// <summary>Shell of the right femur.</summary>
    FemurRight,

    /// <summary>Marrow of the right femur.</summary>
    FemurRightMarrow,
}
